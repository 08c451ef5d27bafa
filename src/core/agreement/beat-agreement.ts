import { detectBeats } from '../lint/detect-beats.ts';
import type { ReadSignal } from './common-clock.ts';

/** Two readings see the same beat within this: the window of ANSI/AAMI EC57:2012 for beat detectors. */
export const SAME_BEAT_SECONDS = 0.15;

/**
 * F1 of the beats that two readings of a lead show (`detectBeats`), each beat of one met by at most one of the other; null
 * where neither shows any.
 */
export function beatAgreement(first: ReadSignal | null, second: ReadSignal | null): number | null {
  const times = [first, second].map((signal) =>
    signal ? detectBeats(signal.millivolts, signal.fs).map((t) => t + signal.startSeconds) : [],
  );
  return matchF1(times[0]!, times[1]!, SAME_BEAT_SECONDS);
}

/** F1 of two ascending lists of times, paired in order within a tolerance; null when both are empty. */
export function matchF1(
  first: readonly number[],
  second: readonly number[],
  toleranceSeconds: number,
): number | null {
  if (first.length + second.length === 0) return null;
  let met = 0;
  for (let i = 0, j = 0; i < first.length && j < second.length;) {
    const apart = second[j]! - first[i]!;
    if (Math.abs(apart) <= toleranceSeconds) {
      met++;
      i++;
      j++;
    } else if (apart > 0) i++;
    else j++;
  }
  return (2 * met) / (first.length + second.length);
}
