import type { FloatRaster } from '../image/raster.ts';
import { ascending } from '../../shared/ascending.ts';

/** Coverage at the ridge of a stroke that needs no help, and the most it is multiplied. */
const FULL_RIDGE = 0.8;
const MAX_GAIN = 2.4;
/** Ridges fainter than this are residue of the grid. */
const MIN_RIDGE = 0.15;
/** Strongest ridges of a column that count: about as many as a page has rows. */
const PER_COLUMN = 3;
/** Every so many columns are looked at. */
const COLUMN_STEP = 3;

/**
 * Brings faint print up: thin traces cover a pixel only in part, and every later step compares coverage with a fixed
 * threshold. The gain follows from the median ridge of the strongest strokes per column. Returns the raster itself
 * where the ink is strong already.
 */
export function evenInk(coverage: FloatRaster): FloatRaster {
  const { data, width, height } = coverage;
  const ridges: number[] = [];
  const top = new Float32Array(PER_COLUMN);
  for (let x = 0; x < width; x += COLUMN_STEP) {
    top.fill(0);
    for (let y = 1; y + 1 < height; y++) {
      const value = data[y * width + x];
      if (value <= top[PER_COLUMN - 1] || value < MIN_RIDGE) continue;
      if (value < data[(y - 1) * width + x] || value < data[(y + 1) * width + x]) continue;
      let k = PER_COLUMN - 1;
      while (k > 0 && top[k - 1] < value) {
        top[k] = top[k - 1];
        k--;
      }
      top[k] = value;
    }
    for (const value of top) if (value > 0) ridges.push(value);
  }
  if (ridges.length === 0) return coverage;
  ridges.sort(ascending);
  const gain = Math.min(MAX_GAIN, FULL_RIDGE / ridges[ridges.length >> 1]);
  if (gain <= 1.05) return coverage;
  const raised = new Float32Array(data.length);
  for (let k = 0; k < data.length; k++) raised[k] = Math.min(1, data[k] * gain);
  return { data: raised, width, height };
}
