import type { LeadCell } from '../lead/layout.ts';
import { closeGaps } from './close-gaps.ts';
import { followInk, type RowBand } from './follow-ink.ts';
import { claimLine, createClaims, type InkClaims, MOST_ROWS, otherRows } from './ink-claims.ts';
import { type InkRuns, measureRuns } from './ink-runs.ts';
import { markLeftover } from './mark-leftover.ts';
import type { TraceEvidence } from './prepare-evidence.ts';
import { mendStrokes } from './mend-strokes.ts';
import { startLine } from './start-line.ts';

/** One printed row of leads, traced from end to end. */
export interface TracedRow {
  readonly cells: readonly LeadCell[];
  readonly band: RowBand;
  runs: InkRuns;
  /** First guess of the centre line, `GUESS_SAMPLES_PER_PX` per column of the band; NaN in gaps. */
  line: Float64Array;
}

/** Samples per column of a first guess: narrow tips lie between columns. */
export const GUESS_SAMPLES_PER_PX = 2;

/** Holes in steep strokes that are none, millimetres, where faded lines are no thicker than this: shade is, but on pages of two tones. */
const HOLE_MM = 0.5;
const THIN_PX = 3;

/** Times the rows take turns once their lines have met, and more of them while tall ink is left that no line explains. */
const TURNS = 2;
const MOST_TURNS = 4;

/**
 * Traces all rows of a page. Each row is first traced as if it were alone; where rows meet they take turns, each leaving
 * the others' ink to them, until all ink is explained by somebody.
 *
 * @param radiusPx half the thickness of the stroke
 * @param isTwoTone the page is black and white
 */
export function traceRows(
  seen: TraceEvidence,
  bands: readonly { readonly cells: readonly LeadCell[]; readonly band: RowBand }[],
  radiusPx: number,
  isTwoTone: boolean,
  signal: AbortSignal | undefined,
): { rows: TracedRow[]; claims: InkClaims } {
  const pxPerMm = bands[0]?.band.pxPerMm ?? 0;
  const isThin = 2 * radiusPx <= THIN_PX;
  const evidence =
    isThin || isTwoTone
      ? { ...seen, coverage: mendStrokes(seen.coverage, Math.round(HOLE_MM * pxPerMm), isTwoTone) }
      : seen;
  const { width, height } = evidence.coverage;
  const claims = createClaims(width, height);
  const neighbours = (band: RowBand): RowBand[] =>
    bands.flatMap((other) => (other.band === band ? [] : [other.band]));
  let met = false;
  const rows = bands.slice(0, MOST_ROWS).map(({ cells, band }, index): TracedRow => {
    signal?.throwIfAborted();
    const row = { cells, band, ...solveRow(evidence, band, radiusPx, claims, 0, neighbours(band)) };
    if (claimLine(claims, index, row.line, band.x0, GUESS_SAMPLES_PER_PX, radiusPx, 'set')) met = true;
    return row;
  });
  const { letters } = evidence;
  const unexplained = (own: number): number => markLeftover(claims, evidence.coverage, letters, pxPerMm, own);
  const put = (index: number, { runs, line }: Pick<TracedRow, 'runs' | 'line'>): void => {
    const row = rows[index]!;
    claimLine(claims, index, row.line, row.band.x0, GUESS_SAMPLES_PER_PX, radiusPx, 'clear');
    row.runs = runs;
    row.line = line;
    claimLine(claims, index, line, row.band.x0, GUESS_SAMPLES_PER_PX, radiusPx, 'set');
  };
  // A peak that crosses a letter may have been cut short without any other row being near.
  let left = rows.length > 0 ? unexplained(0) : 0;
  if (!met && left === 0) return { rows, claims };
  let best = { left: Infinity, rows: [] as Pick<TracedRow, 'runs' | 'line'>[] };
  for (let turn = 0; turn < MOST_TURNS && (turn < TURNS || left > 0); turn++) {
    for (const [index, { band }] of rows.entries()) {
      signal?.throwIfAborted();
      unexplained(1 << index);
      put(index, solveRow(evidence, band, radiusPx, claims, otherRows(index), neighbours(band)));
    }
    left = unexplained(0);
    if (turn + 1 >= TURNS && left < best.left)
      best = { left, rows: rows.map(({ runs, line }) => ({ runs, line })) };
  }
  // Rows may give a peak back and forth: the turn counts that left least of the ink to nobody.
  for (const [index, row] of best.rows.entries()) put(index, row);
  return { rows, claims };
}

function solveRow(
  evidence: TraceEvidence,
  band: RowBand,
  radiusPx: number,
  claims: InkClaims,
  others: number,
  neighbours: readonly RowBand[],
): { runs: InkRuns; line: Float64Array } {
  const path = followInk(evidence, band, claims, others, neighbours);
  const runs = measureRuns(evidence.coverage, path, band, Math.ceil(0.3 * band.pxPerMm), claims, others);
  closeGaps(runs, evidence.coverage, band, 2 * radiusPx, claims, others);
  return { runs, line: startLine(runs, radiusPx, GUESS_SAMPLES_PER_PX) };
}
