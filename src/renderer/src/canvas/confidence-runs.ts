/** Confidences from which a sample is said to be in the next better class: poor, doubtful, fair, sure. */
export const CONFIDENCE_STEPS = [0.35, 0.6, 0.85] as const;

/** A stretch of samples of one class. */
export interface ConfidenceRun {
  /** 0 poor to 3 sure. */
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
 * confidenceRuns([0.9, 0.9, 0.4], [0, 0, 0]); // [{ level: 3, from: 0, to: 2 }, { level: 1, from: 2, to: 3 }]
 */
export function confidenceRuns(
  confidence: ArrayLike<number>,
  millivolts: ArrayLike<number>,
): ConfidenceRun[] {
  const runs: ConfidenceRun[] = [];
  const levelAt = (i: number): number =>
    i >= millivolts.length || Number.isNaN(millivolts[i]!)
      ? -1
      : CONFIDENCE_STEPS.filter((step) => confidence[i]! >= step).length;
  let from = 0;
  for (let i = 1; i <= millivolts.length; i++) {
    const level = levelAt(from);
    if (i < millivolts.length && levelAt(i) === level) continue;
    if (level >= 0) runs.push({ level, from, to: i });
    from = i;
  }
  return runs;
}
