import type { LeadCell } from '../lead/layout.ts';
import { closeGaps } from '../trace/close-gaps.ts';
import type { RowBand } from '../trace/follow-ink.ts';
import type { InkClaims } from '../trace/ink-claims.ts';
import { measureRuns } from '../trace/ink-runs.ts';
import { polishTips } from '../trace/polish-tips.ts';
import { refineLine } from '../trace/refine-line.ts';
import { startLine } from '../trace/start-line.ts';
import type { EditedPath } from './edited-path.ts';
import type { PageEvidence } from './page-evidence.ts';
import { PROVENANCE } from './provenance.ts';

/** A stretch of a path: first column, rows `samplesPerPx` per column, and which of its columns show no ink. */
export interface Stretch {
  readonly x0: number;
  readonly fineY: Float64Array;
  /** 1 where no ink lies under the path. */
  readonly bare: Uint8Array;
}

/** How far the row of a path may lie off the middle of its stroke, millimetres. */
const SNAP_MM = 0.3;
/** Columns that two paths must share to count as one again, and how near they must be, pixels. */
const SHARED_COLUMNS = 4;
const SHARED_PX = 1;
/** Columns beyond a stretch that are refined with it, so that it joins without a step. */
const JOIN_PX = 6;

/** The band of one lead between two columns, tall enough for `row` where one is asked for. */
export function leadBand(
  cell: LeadCell,
  from: number,
  to: number,
  height: number,
  pxPerMm: number,
  row: number = cell.baselineY,
): RowBand {
  const x0 = Math.round(from);
  const x1 = Math.max(x0 + 1, Math.round(to));
  const margin = 2 * pxPerMm;
  const y0 = Math.max(0, Math.floor(Math.min(cell.y0, row - margin)));
  const y1 = Math.min(height, Math.max(y0 + 2, Math.ceil(Math.max(cell.y1, row + margin))));
  return {
    x0,
    x1,
    y0,
    y1,
    baseline: new Float32Array(x1 - x0).fill(cell.baselineY),
    jump: new Uint8Array(x1 - x0),
    pxPerMm,
  };
}

/**
 * Turns the rows of a searched path into a line through the middle of the ink; where there is none the searched rows
 * stand. About 1 ms per 1000 columns.
 */
export function lineThroughInk(
  { ink, pen }: Pick<PageEvidence, 'ink' | 'pen'>,
  band: RowBand,
  rows: Int16Array,
  claims: InkClaims,
  others: number,
  samplesPerPx: number,
): Stretch {
  const runs = measureRuns(ink.coverage, rows, band, Math.ceil(SNAP_MM * band.pxPerMm), claims, others);
  closeGaps(runs, ink.coverage, band, 2 * pen.radiusPx, claims, others);
  const fineY = startLine(runs, pen.radiusPx, samplesPerPx);
  const bare = runs.missing.slice();
  for (let k = 0; k < fineY.length; k++) {
    if (fineY[k] === fineY[k]) continue;
    const at = k / samplesPerPx;
    const column = Math.floor(at);
    const next = Math.min(rows.length - 1, column + 1);
    fineY[k] = rows[column]! + (rows[next]! - rows[column]!) * (at - column);
  }
  return { x0: band.x0, fineY, bare };
}

/**
 * The part of a new stretch about the column `x` that is needed: on either side it ends where it has come back to the path
 * as it was, which is kept beyond. Columns before `fixedFrom` and behind `fixedTo` are kept in any case.
 */
export function neededPart(
  path: EditedPath,
  stretch: Stretch,
  x: number,
  samplesPerPx: number,
): { readonly from: number; readonly to: number } {
  const columns = stretch.bare.length;
  const middle = Math.max(0, Math.min(columns - 1, Math.round(x) - stretch.x0));
  const alike = (column: number): boolean => {
    const before = path.fineY[(stretch.x0 + column - path.x0) * path.samplesPerPx];
    return Math.abs(stretch.fineY[column * samplesPerPx]! - (before ?? Number.NaN)) <= SHARED_PX;
  };
  const walk = (step: 1 | -1): number => {
    let shared = 0;
    let column = middle;
    for (; column >= 0 && column < columns; column += step) {
      shared = alike(column) ? shared + 1 : 0;
      // The pin itself may lie on the path where that only passes through.
      if (shared >= SHARED_COLUMNS && column !== middle) return column - step * (shared - 1);
    }
    return column - step;
  };
  return { from: stretch.x0 + walk(-1), to: stretch.x0 + walk(1) };
}

/** The path with the columns `from` to `to` taken from a stretch, marked as a person's. */
export function splice(path: EditedPath, stretch: Stretch, from: number, to: number): EditedPath {
  const { x0, samplesPerPx } = path;
  const fineY = path.fineY.slice();
  const confidence = path.confidence.slice();
  const provenance = path.provenance.slice();
  const first = Math.max(from, x0, stretch.x0);
  const last = Math.min(to, x0 + provenance.length - 1, stretch.x0 + stretch.bare.length - 1);
  for (let x = first; x <= last; x++) {
    const column = x - x0;
    confidence[column] = 1;
    provenance[column] = stretch.bare[x - stretch.x0] === 1 ? PROVENANCE.humanBridged : PROVENANCE.human;
  }
  for (let k = (first - x0) * samplesPerPx; k <= (last - x0) * samplesPerPx; k++) {
    fineY[k] = stretch.fineY[k - (stretch.x0 - x0) * samplesPerPx]!;
  }
  return { ...path, fineY, confidence, provenance };
}

/**
 * Undoes the thickness of the stroke along the columns `from` to `to` of a path, as the tracer does for whole leads; bare
 * columns stay. Some 20 ms per second of lead.
 */
export function refineStretch(
  { ink, pen }: PageEvidence,
  path: EditedPath,
  from: number,
  to: number,
): EditedPath {
  const { x0, samplesPerPx, provenance } = path;
  let first = Math.max(0, from - x0 - JOIN_PX);
  let last = Math.min(provenance.length - 1, to - x0 + JOIN_PX);
  // A gap has no line to refine: the stretch ends at it.
  for (let column = first; column <= last; column++) {
    if (!Number.isNaN(path.fineY[column * samplesPerPx]!)) continue;
    if (column < from - x0) first = column + 1;
    else last = column - 1;
  }
  if (last - first < 2) return path;
  const start = Float64Array.from(path.fineY.subarray(first * samplesPerPx, last * samplesPerPx + 1));
  const blind = provenance
    .subarray(first, last + 1)
    .map((value) => (value === PROVENANCE.human || value === PROVENANCE.machine ? 0 : 1));
  const { y } = refineLine(ink.coverage, ink.certainty, start, x0 + first, samplesPerPx, pen, { blind });
  polishTips(y, ink.coverage, ink.certainty, x0 + first, samplesPerPx, pen, blind);
  const fineY = path.fineY.slice();
  const begin = (Math.max(from - x0, first) - first) * samplesPerPx;
  const end = (Math.min(to - x0, last) - first) * samplesPerPx;
  fineY.set(y.subarray(begin, end + 1), first * samplesPerPx + begin);
  return { ...path, fineY };
}
