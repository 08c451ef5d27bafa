import type { FloatRaster } from '../image/raster.ts';
import type { DetectedPulse } from './find-pulses.ts';
import type { TraceGrid } from './trace-grid.ts';
import type { TraceRow } from './trace-row.ts';

/** Where the trace of one row begins and ends, canonical pixels. */
export interface RowExtent {
  readonly x0: number;
  readonly x1: number;
  /** Whether the end is the end of the print (false: the page's edge or a joined pulse hides it). */
  readonly freeLeft: boolean;
  readonly freeRight: boolean;
}

/** Gap between a pulse and the trace beyond which they are not joined. */
const JOINED_MM = 1.2;
/** A piece at the end of a row that is shorter than the gap before it is no trace. */
const STRAY_MM = 6;
const EDGE_MM = 1.5;

/** Measures each row between its pulses; stray pieces at the ends (frames, marks) are left out. */
export function measureExtents(
  coverage: FloatRaster,
  grid: TraceGrid,
  rows: readonly TraceRow[],
  pulses: readonly DetectedPulse[],
  pxPerMm: number,
): RowExtent[] {
  return rows.map((row, k) => {
    const left = pulses.find((p) => p.row === k && p.side === 'left');
    const right = pulses.find((p) => p.row === k && p.side === 'right');
    const from = left ? left.rightX + 1 : row.x0;
    const to = right ? right.leftX : row.x1;
    const on = inkColumns(row, grid.cellPx, from, to);
    const [first, last] = trimStrays(on, grid.cellPx, pxPerMm);
    let x0 = refine(coverage, row, grid.cellPx, first * grid.cellPx, -1, pxPerMm);
    const x1 = refine(coverage, row, grid.cellPx, last * grid.cellPx, 1, pxPerMm);
    if (left && x0 - left.rightX <= JOINED_MM * pxPerMm) x0 = left.rightX;
    return {
      x0,
      x1,
      freeLeft: x0 > EDGE_MM * pxPerMm,
      freeRight:
        x1 < coverage.width - EDGE_MM * pxPerMm && !(right && right.leftX - x1 < JOINED_MM * pxPerMm),
    };
  });
}

function inkColumns(row: TraceRow, cellPx: number, from: number, to: number): Uint8Array {
  const on = new Uint8Array(row.onInk.length);
  for (let x = Math.ceil(from / cellPx); x < Math.min(on.length, Math.floor(to / cellPx) + 1); x++) {
    on[x] = row.onInk[x];
  }
  return on;
}

function trimStrays(on: Uint8Array, cellPx: number, pxPerMm: number): [number, number] {
  const stray = (STRAY_MM * pxPerMm) / cellPx;
  const pieces: [number, number][] = [];
  for (let x = 0; x < on.length; x++) {
    if (on[x] === 0) continue;
    const previous = pieces[pieces.length - 1];
    if (previous && x - previous[1] <= 3) previous[1] = x + 1;
    else pieces.push([x, x + 1]);
  }
  if (pieces.length === 0) return [0, on.length];
  let first = 0;
  let last = pieces.length - 1;
  while (first < last) {
    const length = pieces[first][1] - pieces[first][0];
    const gap = pieces[first + 1][0] - pieces[first][1];
    if (length >= stray || length >= gap) break;
    first++;
  }
  while (last > first) {
    const length = pieces[last][1] - pieces[last][0];
    const gap = pieces[last][0] - pieces[last - 1][1];
    if (length >= stray || length >= gap) break;
    last--;
  }
  return [pieces[first][0], pieces[last][1]];
}

/** Finds the outermost inked pixel column near the row's path within one grid cell or two of `x`. */
function refine(
  coverage: FloatRaster,
  row: TraceRow,
  cellPx: number,
  x: number,
  direction: -1 | 1,
  pxPerMm: number,
): number {
  const reach = Math.ceil(2 * cellPx);
  const band = Math.ceil(1.5 * pxPerMm);
  for (let d = reach; d >= -reach; d--) {
    const column = Math.round(x) + direction * d - (direction === 1 ? 1 : 0);
    if (column < 0 || column >= coverage.width) continue;
    const centre = row.pathY[Math.min(row.pathY.length - 1, Math.floor(column / cellPx))];
    const top = Math.max(0, Math.floor(centre - band));
    const bottom = Math.min(coverage.height, Math.ceil(centre + band));
    for (let y = top; y < bottom; y++) {
      if (coverage.data[y * coverage.width + column] >= 0.4) return direction === 1 ? column + 1 : column;
    }
  }
  return x;
}
