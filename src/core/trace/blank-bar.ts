import type { Box, FloatRaster } from '../image/raster.ts';

/** How far from the stated box the bar's sides and ends are looked for, pixels. */
const SEARCH_PX = 3;
/** Share of a bar's rows (columns) inked for a column (row) to count as part of it. */
const FILLED = 0.75;
/** Typical coverage of a side column above which the bar's soft edge is taken away. */
const SOFT = 0.04;

/**
 * Hides a separator bar: its columns, found again in the ink around the stated box, say nothing from end to end; the
 * soft edge beside it is subtracted so that a trace leaving the bar stays visible. Changes both rasters in place.
 */
export function blankBar(coverage: FloatRaster, certainty: FloatRaster, box: Box): void {
  const { data, width, height } = coverage;
  const x0 = Math.max(0, Math.floor(box.x0));
  const x1 = Math.min(width, Math.ceil(box.x1));
  let y0 = Math.max(0, Math.floor(box.y0));
  let y1 = Math.min(height, Math.ceil(box.y1));
  if (x1 <= x0 || y1 <= y0) return;
  const from = Math.max(0, x0 - SEARCH_PX);
  const to = Math.min(width, x1 + SEARCH_PX);
  const levels: number[] = [];
  for (let x = from; x < to; x++) levels.push(columnLevel(data, width, x, y0, y1));
  const core = levels.flatMap((level, i) => (level > 0.5 ? [from + i] : []));
  const left = core[0] ?? x0;
  const right = (core[core.length - 1] ?? x1 - 1) + 1;
  const filled = (y: number): boolean => {
    let inked = 0;
    for (let x = left; x < right; x++) if (data[y * width + x]! > 0.5) inked++;
    return right - left >= 3 && inked >= FILLED * (right - left);
  };
  while (y0 > 0 && filled(y0 - 1)) y0--;
  while (y1 < height && filled(y1)) y1++;
  for (let x = from; x < to; x++) {
    const inside = x >= left && x < right;
    const level = levels[x - from]!;
    if (!inside && level < SOFT) continue;
    for (let y = Math.max(0, y0 - 1); y < Math.min(height, y1 + 1); y++) {
      const pixel = y * width + x;
      if (inside) {
        data[pixel] = 0;
        certainty.data[pixel] = 0;
      } else {
        data[pixel] = Math.max(0, (data[pixel]! - level) / (1 - level));
        certainty.data[pixel]! *= 1 - level;
      }
    }
  }
}

/** Median coverage of a column between two rows. */
function columnLevel(data: Float32Array, width: number, x: number, y0: number, y1: number): number {
  const values = new Float32Array(y1 - y0);
  for (let y = y0; y < y1; y++) values[y - y0] = data[y * width + x]!;
  return values.sort()[values.length >> 1]!;
}
