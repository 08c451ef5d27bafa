import { confidenceLevel } from './confidence-levels.ts';

/** A stretch of samples of one level. */
export interface ConfidenceRun {
  /** 0 poor to 5 sure. */
  readonly level: number;
  /** First sample, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/**
 * Stretches of a signal by how far its samples can be trusted; where it has no value there is none.
 *
 * @param confidence - 0..1 per sample
 * @example
 * confidenceRuns([0.9, 0.9, 0.4], [0, 0, 0]); // [{ level: 4, from: 0, to: 2 }, { level: 1, from: 2, to: 3 }]
 */
export function confidenceRuns(
  confidence: ArrayLike<number>,
  millivolts: ArrayLike<number>,
): ConfidenceRun[] {
  const runs: ConfidenceRun[] = [];
  const levelAt = (i: number): number =>
    i >= millivolts.length || Number.isNaN(millivolts[i]!) ? -1 : confidenceLevel(confidence[i]!);
  let from = 0;
  for (let i = 1; i <= millivolts.length; i++) {
    const level = levelAt(from);
    if (i < millivolts.length && levelAt(i) === level) continue;
    if (level >= 0) runs.push({ level, from, to: i });
    from = i;
  }
  return runs;
}
