import type { SignalView } from '../../../shared/api/signal-bytes.ts';

/** A known lead: millivolts by sample; NaN where nothing is known. */
export interface KnownLead {
  readonly millivolts: ArrayLike<number>;
  readonly fs: number;
  /** Of its first sample on the page's clock, seconds. */
  readonly startSeconds: number;
}

/**
 * How far a digitized signal is off a known one, millivolts by sample of the digitized one: above 0 where it is drawn too
 * high. The known signal is read between its samples; NaN where either is not known.
 *
 * @example
 * // Known 0, 1, 2 mV at 100 Hz, digitized 1, 1.5 mV at 200 Hz.
 * differenceCurve(signal, { millivolts: [0, 1, 2], fs: 100, startSeconds: 0 }); // 1, 1
 */
export function differenceCurve(
  { millivolts, fs, startSeconds }: Pick<SignalView, 'millivolts' | 'fs' | 'startSeconds'>,
  known: KnownLead,
): Float32Array {
  const difference = new Float32Array(millivolts.length).fill(Number.NaN);
  const last = known.millivolts.length - 1;
  for (let i = 0; i < millivolts.length; i++) {
    const at = (startSeconds + i / fs - known.startSeconds) * known.fs;
    const before = Math.floor(at);
    if (before < 0 || before > last) continue;
    const share = at - before;
    const low = known.millivolts[before]!;
    const value = share === 0 ? low : low + share * ((known.millivolts[before + 1] ?? Number.NaN) - low);
    difference[i] = millivolts[i]! - value;
  }
  return difference;
}
