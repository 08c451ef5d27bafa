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
  const { bits, width, height, meetings, leftovers } = claims;
  for (const pixel of leftovers.splice(0)) bits[pixel]! &= ~LEFTOVER;
  const contested = new Uint8Array(meetings.length);
  for (let x = 0; x < meetings.length; x++) contested[x] = meetings[x]! > 0 ? 1 : 0;
  for (const { x0, x1, y0, y1 } of letters) {
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) if (bits[y * width + x] !== 0) contested[x] = 1;
    }
  }
  const columns = nearColumns(contested, Math.ceil(ASIDE_MM * pxPerMm));
  const least = LEAST_HEIGHT_MM * pxPerMm;
  const free = new Int32Array(columns.length);
  let marked = false;
  for (let y = 0; y <= height; y++) {
    if (markEnded(claims, coverage, columns, free, y, least)) marked = true;
  }
  return marked;
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
): boolean {
  const ink = coverage.data;
  let marked = false;
  for (let k = 0; k < columns.length; k++) {
    const pixel = y * width + columns[k]!;
    if (y < height && ink[pixel]! >= EDGE && bits[pixel] === 0) free[k]!++;
    else {
      if (free[k]! >= least) {
        marked = true;
        for (let up = 1; up <= free[k]!; up++) {
          bits[pixel - up * width] = LEFTOVER;
          leftovers.push(pixel - up * width);
        }
      }
      free[k] = 0;
    }
  }
  return marked;
}
