import type { TraceRow } from './trace-row.ts';
import { ascending } from '../../shared/ascending.ts';

/** Height of a row's isoelectric line at column `x`, canonical pixels. */
export type RowLevel = (row: number, x: number) => number;

/** Rows that rise or fall less from end to end, millimetres, are level: their wander is none of the paper's. */
const LEVEL_MM = 3;
/** Share of a row at either end that tells its height there. */
const END_SHARE = 0.3;

/**
 * Where the rows of a page run that may lie slanted on it, as they do without a grid to set them straight: straight lines
 * through the medians of both ends of each row. Level where most rows are.
 */
export function rowLevel(rows: readonly TraceRow[], cellPx: number, pxPerMm: number): RowLevel {
  const slopes = rows.map((row) => slopeOf(row, cellPx));
  const rises = rows.map((row, r) => slopes[r]! * (row.x1 - row.x0)).sort(ascending);
  const rise = rises[rises.length >> 1] ?? 0;
  if (Math.abs(rise) < LEVEL_MM * pxPerMm) return (row) => rows[row]!.baselineY;
  return (row, x) => {
    const { baselineY, x0, x1 } = rows[row]!;
    return baselineY + slopes[row]! * (x - (x0 + x1) / 2);
  };
}

function slopeOf({ x0, x1, pathY, onInk }: TraceRow, cellPx: number): number {
  const reach = END_SHARE * (x1 - x0);
  const heightIn = (from: number, to: number): number | null => {
    const ys: number[] = [];
    const last = Math.min(pathY.length, Math.ceil(to / cellPx));
    for (let x = Math.max(0, Math.floor(from / cellPx)); x < last; x++)
      if (onInk[x] === 1) ys.push(pathY[x]!);
    ys.sort(ascending);
    return ys[ys.length >> 1] ?? null;
  };
  const left = heightIn(x0, x0 + reach);
  const right = heightIn(x1 - reach, x1);
  return left === null || right === null || x1 - x0 <= reach ? 0 : (right - left) / (x1 - x0 - reach);
}
