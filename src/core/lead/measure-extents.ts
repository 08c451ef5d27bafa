import type { FloatRaster } from '../image/raster.ts';
import type { DetectedPulse } from './find-pulses.ts';
import type { TraceGrid } from './trace-grid.ts';
import type { TraceRow } from './trace-row.ts';
import { uprightCentre } from './upright-centre.ts';

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
/** Longest foot of a pulse with the gap behind it, and the least gap. */
const MAX_FOOT_MM = 5;
const MIN_GAP_MM = 0.3;
/** Height either side of the row's path that must be blank in a gap, and where the end of the trace is looked for. */
const GAP_BAND_MM = 9;
const END_BAND_MM = 1.5;
const INKED = 0.3;
const UPRIGHT_MM = 0.8;
/** Part of a leg above which its centre is not taken, what is left out above its foot, and how far it may lean. */
const LEG_SHARE = 0.3;
const LEG_CLEARANCE_MM = 1;
const LEG_REACH_MM = 0.5;

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
    const after = left ? afterFoot(coverage, row, grid.cellPx, left.rightX, 1, pxPerMm) : null;
    const before = right ? afterFoot(coverage, row, grid.cellPx, right.leftX, -1, pxPerMm) : null;
    const from = left ? (after ?? left.rightX + 1) : row.x0;
    const to = right ? (before ?? right.leftX) : row.x1;
    const on = inkColumns(row, grid.cellPx, from, to);
    const [first, last] = trimStrays(on, grid.cellPx, pxPerMm);
    let x0 = refine(coverage, row, grid.cellPx, first * grid.cellPx, -1, pxPerMm);
    let x1 = refine(coverage, row, grid.cellPx, last * grid.cellPx, 1, pxPerMm);
    const joinedLeft = left !== undefined && x0 - left.rightX <= JOINED_MM * pxPerMm;
    const joinedRight = right !== undefined && right.leftX - x1 <= JOINED_MM * pxPerMm;
    if (joinedLeft) x0 = footOfLeg(coverage, left, pxPerMm);
    else if (after !== null && Math.abs(x0 - after) < JOINED_MM * pxPerMm) x0 = after;
    if (!joinedRight && before !== null && Math.abs(x1 - before) < JOINED_MM * pxPerMm) x1 = before + 1;
    return {
      x0,
      x1,
      freeLeft: x0 > EDGE_MM * pxPerMm && !joinedLeft,
      freeRight: x1 < coverage.width - EDGE_MM * pxPerMm && !joinedRight,
    };
  });
}

/** Centre of the lower part of a left pulse's last leg: there the trace begins that is joined to it. */
function footOfLeg(coverage: FloatRaster, pulse: DetectedPulse, pxPerMm: number): number {
  const { y0, y1 } = pulse.box;
  const from = y0 + LEG_SHARE * (y1 - y0);
  const to = y1 - LEG_CLEARANCE_MM * pxPerMm;
  return uprightCentre(coverage, pulse.rightX, from, to, LEG_REACH_MM * pxPerMm) ?? pulse.rightX;
}

/**
 * Where the trace begins beyond the foot of a pulse, going from the pulse's leg in `direction`; null when no gap
 * parts them.
 */
function afterFoot(
  coverage: FloatRaster,
  row: TraceRow,
  cellPx: number,
  legX: number,
  direction: -1 | 1,
  pxPerMm: number,
): number | null {
  const start = Math.round(legX) + direction * 2;
  let blank = 0;
  for (let d = 0; d < MAX_FOOT_MM * pxPerMm; d++) {
    const x = start + direction * d;
    if (x < 0 || x >= coverage.width) return null;
    if (isStroke(coverage, row, cellPx, x, GAP_BAND_MM, pxPerMm)) {
      // A stroke is known by what lies on both sides, at its second column.
      if (blank - 1 >= MIN_GAP_MM * pxPerMm) return x - direction;
      blank = 0;
    } else blank++;
  }
  return null;
}

/** Whether a stroke crosses the column near the row's path: going on to both sides, or upright. A speck does neither. */
function isStroke(
  coverage: FloatRaster,
  row: TraceRow,
  cellPx: number,
  x: number,
  bandMm: number,
  pxPerMm: number,
): boolean {
  const { data, width, height } = coverage;
  const centre = row.pathY[Math.min(row.pathY.length - 1, Math.floor(x / cellPx))];
  const bottom = Math.min(height - 1, Math.ceil(centre + bandMm * pxPerMm));
  let run = 0;
  for (let y = Math.max(1, Math.floor(centre - bandMm * pxPerMm)); y < bottom; y++) {
    const at = y * width + x;
    run = data[at] >= INKED ? run + 1 : 0;
    if (run >= UPRIGHT_MM * pxPerMm) return true;
    if (run > 0 && isInkedNear(data, at - 1, width) && isInkedNear(data, at + 1, width)) return true;
  }
  return false;
}

/** Whether a pixel or the one above or below it is inked. */
function isInkedNear(data: Float32Array, at: number, width: number): boolean {
  return data[at] >= INKED || data[at - width] >= INKED || data[at + width] >= INKED;
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
  for (let d = reach; d >= -reach; d--) {
    const column = Math.round(x) + direction * d - (direction === 1 ? 1 : 0);
    if (column < 0 || column >= coverage.width) continue;
    if (isStroke(coverage, row, cellPx, column, END_BAND_MM, pxPerMm)) {
      return direction === 1 ? Math.min(coverage.width, column + 2) : Math.max(0, column - 1);
    }
  }
  return x;
}
