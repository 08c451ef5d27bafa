import type { Box, FloatRaster } from '../image/raster.ts';
import { type InkClaims, LEFTOVER } from './ink-claims.ts';

/** Height of unexplained ink that calls for a line, and how far beside a meeting of rows it is looked for, millimetres. */
const LEAST_HEIGHT_MM = 3;
const ASIDE_MM = 0.8;
const EDGE = 0.5;

/**
 * Marks ink that no row explains, near columns where rows meet or letters stand: tall strokes of it belong to a peak that
 * somebody's path passed by. Marks of an earlier call are cleared.
 *
 * @returns whether any ink was marked
 */
export function markLeftover(
  claims: InkClaims,
  coverage: FloatRaster,
  letters: readonly Box[],
  pxPerMm: number,
): boolean {
  const { bits, width, height } = claims;
  const contested = new Uint8Array(width);
  for (let pixel = 0; pixel < bits.length; pixel++) {
    const bit = bits[pixel]!;
    if (bit === 0) continue;
    const rows = bit & ~LEFTOVER;
    if (rows !== bit) bits[pixel] = rows;
    if ((rows & (rows - 1)) !== 0) contested[pixel % width] = 1;
  }
  for (const { x0, x1, y0, y1 } of letters) {
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) if ((bits[y * width + x]! & ~LEFTOVER) !== 0) contested[x] = 1;
    }
  }
  let marked = false;
  const aside = Math.ceil(ASIDE_MM * pxPerMm);
  const least = LEAST_HEIGHT_MM * pxPerMm;
  for (let x = 0; x < width; x++) {
    let near = false;
    for (let at = Math.max(0, x - aside); at <= Math.min(width - 1, x + aside); at++) {
      if (contested[at] === 1) near = true;
    }
    if (!near) continue;
    let from = 0;
    for (let y = 0; y <= height; y++) {
      const free = y < height && coverage.data[y * width + x]! >= EDGE && bits[y * width + x] === 0;
      if (free) continue;
      if (y - from >= least) {
        marked = true;
        for (let row = from; row < y; row++) bits[row * width + x] = LEFTOVER;
      }
      from = y + 1;
    }
  }
  return marked;
}
