import type { SignalPair } from './common-clock.ts';

/** From where on two readings of a lead count as different. */
export interface DifferenceLimits {
  /** Millivolts; half a millimetre of paper at 10 mm/mV. */
  readonly millivolts: number;
  /** A reading may come so much earlier or later, milliseconds; a quarter of a millimetre at 25 mm/s. */
  readonly milliseconds: number;
  /** Differences nearer than this are told as one, milliseconds. */
  readonly joinMilliseconds: number;
}

export const DIFFERENCE_LIMITS: DifferenceLimits = {
  millivolts: 0.05,
  milliseconds: 10,
  joinMilliseconds: 100,
};

/** A stretch of a lead in which two readings differ, page time. */
export interface DifferenceStretch {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Both read it otherwise, or only one of them reads anything there. */
  readonly kind: 'apart' | 'only-first' | 'only-second';
  /** Largest difference of two samples of the same moment in it, millivolts; 0 where only one reads. */
  readonly peakMillivolts: number;
}

/**
 * Finds the stretches in which two readings of a lead differ. A sample of one counts when no sample of the other within
 * the limit of time comes as near as the limit of voltage: so a steep flank that lies one sample apart does not, and a
 * missed notch does. Changes its answer by nothing but the exchange of "first" and "second" when the readings are
 * exchanged. O(samples * limit of time).
 */
export function differenceStretches(
  { fs, startSeconds, first, second }: SignalPair,
  limits: DifferenceLimits = DIFFERENCE_LIMITS,
): DifferenceStretch[] {
  const reach = Math.round((limits.milliseconds * fs) / 1000);
  const join = Math.round((limits.joinMilliseconds * fs) / 1000);
  const found: { from: number; to: number; kind: DifferenceStretch['kind'] }[] = [];
  const { millivolts } = limits;
  for (let i = 0; i < first.length; i++) {
    if (!leaves(first, second, i, reach, millivolts) && !leaves(second, first, i, reach, millivolts))
      continue;
    const kind = kindOf(first, second, i);
    const last = found.at(-1);
    if (last && last.kind === kind && i - last.to <= join) last.to = i;
    else found.push({ from: i, to: i, kind });
  }
  return found.map(({ from, to, kind }) => ({
    startSeconds: startSeconds + from / fs,
    endSeconds: startSeconds + (to + 1) / fs,
    kind,
    peakMillivolts: peak(first, second, from, to),
  }));
}

function kindOf(first: Float64Array, second: Float64Array, i: number): DifferenceStretch['kind'] {
  if (Number.isNaN(second[i]!)) return 'only-first';
  return Number.isNaN(first[i]!) ? 'only-second' : 'apart';
}

/** Whether a sample lies outside what the other reading shows about that moment. */
function leaves(one: Float64Array, other: Float64Array, i: number, reach: number, limit: number): boolean {
  const value = one[i]!;
  if (value !== value) return false;
  let low = Infinity;
  let high = -Infinity;
  for (let k = Math.max(0, i - reach); k <= Math.min(other.length - 1, i + reach); k++) {
    const near = other[k]!;
    if (near < low) low = near;
    if (near > high) high = near;
  }
  return value > high + limit || value < low - limit;
}

function peak(first: Float64Array, second: Float64Array, from: number, to: number): number {
  let most = 0;
  for (let i = from; i <= to; i++) {
    const apart = Math.abs(first[i]! - second[i]!);
    if (apart > most) most = apart;
  }
  return most;
}
