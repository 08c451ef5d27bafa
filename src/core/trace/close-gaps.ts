import type { FloatRaster } from '../image/raster.ts';
import type { RowBand } from './follow-ink.ts';
import type { InkClaims } from './ink-claims.ts';
import type { InkRuns } from './ink-runs.ts';

const EDGE = 0.5;
/** A run no thicker than this many pens may be a speck on a short cut: better runs are looked for. */
const THIN = 1.1;
/** The same for a run much shorter than the ones beside it. */
const SHORT = 0.3;
/** Gaps wider than this are gaps, not the inside of a peak, millimetres. */
const WIDEST_MM = 3;

/**
 * Mends short cuts: where the path crossed the inside of a narrow peak over bare paper or a speck, the runs that lead
 * from the left leg over the tip to the right leg, each overlapping the one before, take their place. Changes `runs`.
 */
export function closeGaps(
  runs: InkRuns,
  coverage: FloatRaster,
  band: RowBand,
  penPx: number,
  claims: InkClaims,
  others: number,
): void {
  const columns = runs.top.length;
  const lengths = runs.top.slice();
  for (let k = 0; k < columns; k++) lengths[k] = runs.missing[k] === 1 ? 0 : runs.bottom[k]! - runs.top[k]!;
  const weak = (column: number): boolean =>
    lengths[column]! < THIN * penPx ||
    lengths[column]! < SHORT * Math.max(lengths[column - 1]!, lengths[column + 1] ?? 0);
  const widest = Math.ceil(WIDEST_MM * band.pxPerMm);
  let column = 1;
  while (column < columns - 1) {
    if (!weak(column) || weak(column - 1)) {
      column++;
      continue;
    }
    let end = column;
    while (end < columns && weak(end)) end++;
    if (end < columns && end - column <= widest) chain(runs, coverage, band, column, end, claims, others);
    column = end;
  }
}

function chain(
  runs: InkRuns,
  coverage: FloatRaster,
  band: RowBand,
  from: number,
  to: number,
  claims: InkClaims,
  others: number,
): void {
  const tops: number[] = [];
  const bottoms: number[] = [];
  let top = runs.top[from - 1]!;
  let bottom = runs.bottom[from - 1]!;
  for (let column = from; column < to; column++) {
    const found = longestRun(coverage, band, band.x0 + column, top, bottom, claims, others);
    if (found === null) return;
    [top, bottom] = found;
    tops.push(top);
    bottoms.push(bottom);
  }
  if (top > runs.bottom[to]! + 1 || bottom < runs.top[to]! - 1) return;
  for (let column = from; column < to; column++) {
    const i = column - from;
    if (runs.missing[column] === 0 && bottoms[i]! - tops[i]! <= runs.bottom[column]! - runs.top[column]!)
      continue;
    runs.top[column] = tops[i]!;
    runs.bottom[column] = bottoms[i]!;
    runs.missing[column] = 0;
  }
}

/** The longest run of unclaimed ink in a column that overlaps `top..bottom`. */
function longestRun(
  coverage: FloatRaster,
  band: RowBand,
  x: number,
  top: number,
  bottom: number,
  claims: InkClaims,
  others: number,
): [number, number] | null {
  const { data, width } = coverage;
  const free = (y: number): boolean =>
    data[y * width + x]! >= EDGE && (claims.bits[y * width + x]! & others) === 0;
  let best: [number, number] | null = null;
  let y = Math.max(band.y0, Math.floor(top));
  const until = Math.min(band.y1 - 1, Math.ceil(bottom));
  while (y <= until) {
    if (!free(y)) {
      y++;
      continue;
    }
    let first = y;
    while (first > band.y0 && free(first - 1)) first--;
    while (y < band.y1 - 1 && free(y + 1)) y++;
    if (best === null || y - first > best[1] - best[0]) best = [first - 0.5, y + 0.5];
    y++;
  }
  return best;
}
