import { reshapeLine, type LineResponse } from './line-response.ts';
import type { TracePath } from './trace-path.ts';

/**
 * How lines of doubtful leads lie about what is traced: the tracer's line of a blurred or noisy scan trembles from one sample to the
 * next. The mean of two fits by `tests/bench/fit-lines.ts`, to 126 pages that it draws and to 131 of presets `mixed` and `scan`.
 */
export const DOUBTFUL_LINES: LineResponse = {
  weights: [0.182, 0.054, -0.008, 0.01, -0.01, -0.01, -0.004, -0.01],
};
/** Trust below which a lead is doubtful in full; lines of leads that are trusted wholly stay as traced. */
const DOUBTFUL = 0.5;

/** Trust from which lines are left alone by what was learnt of others: clear prints come to it. */
const CLEAR = 0.8;

/** Share of `DOUBTFUL_LINES` that a lead needs, by its trust 0..1. */
export const doubtShare = (trust: number): number => Math.min(1, (1 - trust) / (1 - DOUBTFUL));

/** Share of what corrected pages showed that a lead gets, by its trust 0..1. */
export const habitShare = (trust: number): number =>
  Math.min(1, Math.max(0, (CLEAR - trust) / (CLEAR - DOUBTFUL)));

/**
 * The paths as their lines lie about what was traced, by the doubt in their leads: a line that is surely traced lies where it is.
 *
 * @param trustOf trust in the lead of a cell, 0..1
 * @param response how lines of leads lie that are doubtful in full
 * @param shareOf what of it a lead of a trust gets
 */
export function settleLines(
  paths: readonly TracePath[],
  trustOf: (cellId: string) => number,
  pxPerMm: number,
  response: LineResponse = DOUBTFUL_LINES,
  shareOf: (trust: number) => number = doubtShare,
): TracePath[] {
  return paths.map((path) => {
    const share = shareOf(trustOf(path.cellId));
    const weights = response.weights.map((weight) => share * weight);
    return share > 0 ? reshapeLine(path, { weights }, pxPerMm) : path;
  });
}
