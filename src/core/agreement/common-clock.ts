import { resampleToClock } from '../metrics/resample-to-clock.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';

/** What of a signal is compared: millivolts, NaN where nothing is printed, on the page's clock. */
export type ReadSignal = Pick<LeadSignal, 'startSeconds' | 'fs' | 'millivolts'>;

/** Two readings of one lead, sample by sample, over the time that either covers. */
export interface SignalPair {
  readonly fs: number;
  readonly startSeconds: number;
  /** Millivolts, NaN where that reading has nothing; both of the same length. */
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** Lays two readings of a lead on one clock, that of the first; null (a lead that is not read) is NaN all along. */
export function onCommonClock(first: ReadSignal | null, second: ReadSignal | null): SignalPair {
  const lead = first ?? second;
  if (!lead) return { fs: 500, startSeconds: 0, first: new Float64Array(0), second: new Float64Array(0) };
  const { fs } = lead;
  const both = [first, second].flatMap((signal) => signal ?? []);
  const startSeconds = Math.min(...both.map((signal) => signal.startSeconds));
  const end = Math.max(...both.map((signal) => signal.startSeconds + signal.millivolts.length / signal.fs));
  const clock = { fs, startSeconds, count: Math.round((end - startSeconds) * fs) };
  const read = (signal: ReadSignal | null): Float64Array =>
    signal
      ? resampleToClock(signal.millivolts, signal, clock)
      : new Float64Array(clock.count).fill(Number.NaN);
  return { fs, startSeconds, first: read(first), second: read(second) };
}
