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
 * @param inner from second to second: events outside count when they find a partner, but are not missed otherwise
 *   (half a beat at the end of a stretch can be seen or not)
 * @example
 * matchTimes([1, 2, 3], [1.02, 2.2], 0.05); // { matched: 1, missed: 2, extra: 1 }
 */
export function matchTimes(
  truth: readonly number[],
  prediction: readonly number[],
  windowSeconds: number,
  inner: readonly [number, number] = [-Infinity, Infinity],
): TimeMatch {
  const counts = (t: number | undefined) => (t !== undefined && t >= inner[0] && t <= inner[1] ? 1 : 0);
  let i = 0;
  let j = 0;
  let matched = 0;
  let missed = 0;
  let extra = 0;
  while (i < truth.length || j < prediction.length) {
    const a = truth[i] ?? Infinity;
    const b = prediction[j] ?? Infinity;
    if (Math.abs(b - a) <= windowSeconds) {
      matched++;
      i++;
      j++;
    } else if (b < a) extra += counts(prediction[j++]);
    else missed += counts(truth[i++]);
  }
  return { matched, missed, extra };
}

/** F1 of a match, 0..1; 1 where there is nothing to find and nothing was found. */
export function f1Of({ matched, missed, extra }: TimeMatch): number {
  const all = 2 * matched + missed + extra;
  return all === 0 ? 1 : (2 * matched) / all;
}
