import type { FloatRaster } from '../image/raster.ts';

/** Share of coverage from which a pixel counts as ink, and the most it is raised on pages full of grid residue. */
const USUAL = 0.4;
const HIGHEST = 0.72;
/** A page of traces and text is inked to less than this share; more means residue of the grid. */
const MAX_INKED = 0.035;
/** Every so many pixels are looked at. */
const STEP = 7;

/**
 * The coverage from which a pixel counts as ink: 0.4, raised where so much lies above it that the grid must be part of
 * it. Looks at every seventh pixel.
 */
export function inkLevel(coverage: FloatRaster): number {
  const bins = new Int32Array(101);
  let count = 0;
  for (let k = 0; k < coverage.data.length; k += STEP) {
    bins[Math.min(100, Math.floor(coverage.data[k] * 100))]++;
    count++;
  }
  let above = 0;
  let level = 100;
  while (level > 0 && above + bins[level] <= MAX_INKED * count) above += bins[level--];
  return Math.min(HIGHEST, Math.max(USUAL, (level + 1) / 100));
}
