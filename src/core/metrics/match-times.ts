/** How two lists of events agree. */
export interface TimeMatch {
  readonly matched: number;
  /** Events of the truth without, and of the prediction without a partner. */
  readonly missed: number;
  readonly extra: number;
}

/**
 * Pairs events that lie within `windowSeconds` of each other, each once, in order of time. Walking both lists at once
 * makes as many pairs as can be made.
 *
 * @param truth seconds, ascending
 * @param prediction seconds, ascending
 * @example
 * matchTimes([1, 2, 3], [1.02, 2.2], 0.05); // { matched: 1, missed: 2, extra: 1 }
 */
export function matchTimes(
  truth: readonly number[],
  prediction: readonly number[],
  windowSeconds: number,
): TimeMatch {
  let i = 0;
  let j = 0;
  let matched = 0;
  while (i < truth.length && j < prediction.length) {
    const difference = prediction[j]! - truth[i]!;
    if (Math.abs(difference) <= windowSeconds) {
      matched++;
      i++;
      j++;
    } else if (difference < 0) j++;
    else i++;
  }
  return { matched, missed: truth.length - matched, extra: prediction.length - matched };
}

/** F1 of a match, 0..1; 1 where there is nothing to find and nothing was found. */
export function f1Of({ matched, missed, extra }: TimeMatch): number {
  const all = 2 * matched + missed + extra;
  return all === 0 ? 1 : (2 * matched) / all;
}
