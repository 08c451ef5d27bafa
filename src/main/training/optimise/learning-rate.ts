export interface LearningRate {
  /** Highest rate. */
  readonly peak: number;
  /** Steps of linear growth from 0. */
  readonly warmupSteps: number;
  /** Steps in all; the rate ends at `endShare` of the peak. */
  readonly steps: number;
  readonly endShare?: number;
}

/**
 * Rate of one step: linear warm-up, then half a cosine (Loshchilov and Hutter 2017, arXiv:1608.03983).
 *
 * @param step counted from 0
 */
export function learningRate(step: number, options: LearningRate): number {
  const { peak, warmupSteps, steps, endShare = 0.02 } = options;
  if (step < warmupSteps) return (peak * (step + 1)) / warmupSteps;
  const share = Math.min(1, (step - warmupSteps) / Math.max(1, steps - warmupSteps));
  return peak * (endShare + (1 - endShare) * 0.5 * (1 + Math.cos(Math.PI * share)));
}
