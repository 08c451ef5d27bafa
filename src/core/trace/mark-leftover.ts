import type { Box, FloatRaster } from '../image/raster.ts';
import { type InkClaims, LEFTOVER } from './ink-claims.ts';

/** Height of unexplained ink that calls for a line, and how far beside a meeting of rows it is looked for, millimetres. */
const LEAST_HEIGHT_MM = 3;
const ASIDE_MM = 0.8;
const EDGE = 0.5;

/**
 * Marks ink that no row but one explains, near columns where rows meet, or ever met, or letters stand: tall strokes of it belong to a peak that
 * somebody's path passed by. What that row's own line has found there stays marked, or the row would pass it by again when it is
 * solved anew. Marks of an earlier call are cleared.
 *
 * @param own bit of the row about to be solved, 0 for none
 * @returns number of pixels marked
 */
export function markLeftover(
  claims: InkClaims,
  coverage: FloatRaster,
  letters: readonly Box[],
  pxPerMm: number,
  own: number,
): number {
  const { bits, width, height, meetings, contested, leftovers } = claims;
  for (const pixel of leftovers.splice(0)) bits[pixel]! &= ~LEFTOVER;
  for (let x = 0; x < meetings.length; x++) if (meetings[x]! > 0) contested[x] = 1;
  for (const { x0, x1, y0, y1 } of letters) {
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) if (bits[y * width + x] !== 0) contested[x] = 1;
    }
  }
  const columns = nearColumns(contested, Math.ceil(ASIDE_MM * pxPerMm));
  const least = LEAST_HEIGHT_MM * pxPerMm;
  const free = new Int32Array(columns.length);
  for (let y = 0; y <= height; y++) markEnded(claims, coverage, columns, free, y, least, own);
  return leftovers.length;
}

function nearColumns(contested: Uint8Array, aside: number): Int32Array {
  const width = contested.length;
  const near = new Uint8Array(width);
  for (let x = 0; x < width; x++) {
    if (contested[x] === 1) near.fill(1, Math.max(0, x - aside), Math.min(width, x + aside + 1));
  }
  const columns: number[] = [];
  for (let x = 0; x < width; x++) if (near[x] === 1) columns.push(x);
  return Int32Array.from(columns);
}

/** Goes on to row `y`: `free` holds how much unexplained ink stands above it; what ends there and is tall is marked. */
function markEnded(
  { bits, width, height, leftovers }: InkClaims,
  coverage: FloatRaster,
  columns: Int32Array,
  free: Int32Array,
  y: number,
  least: number,
  own: number,
): void {
  const ink = coverage.data;
  for (let k = 0; k < columns.length; k++) {
    const pixel = y * width + columns[k]!;
    if (y < height && ink[pixel]! >= EDGE && (bits[pixel]! & ~own) === 0) free[k]!++;
    else {
      if (free[k]! >= least) {
        for (let up = 1; up <= free[k]!; up++) {
          bits[pixel - up * width]! |= LEFTOVER;
          leftovers.push(pixel - up * width);
        }
      }
      free[k] = 0;
    }
  }
}
