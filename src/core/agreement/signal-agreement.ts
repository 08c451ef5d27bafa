import { alignLead } from '../metrics/align-lead.ts';
import { MAX_LAG_SECONDS, pearson } from '../metrics/score-lead.ts';
import type { SignalPair } from './common-clock.ts';

/** Readings that differ by less than a millionth of their power are told as this. */
export const MOST_DB = 60;

/** How two readings of a lead agree. */
export interface SignalAgreement {
  /** Root of the mean squared difference where both read, microvolts, as they stand: neither is moved. Null where they never meet. */
  readonly rmseMicrovolts: number | null;
  /** Mean power of the two over the power of their difference, what only one reads counting as 0 mV of the other, decibels. */
  readonly snrDb: number;
  /** How much later the second shows the same, by the peak of the cross-correlation, milliseconds in steps of a sample. */
  readonly lagMilliseconds: number;
  /** Pearson correlation where both read. */
  readonly pearson: number;
  readonly onlyFirstSeconds: number;
  readonly onlySecondSeconds: number;
}

/** Power of two readings and of their difference, mV^2 summed over samples. */
export interface SharedPower {
  readonly signal: number;
  readonly difference: number;
}

/** Compares two readings of a lead; exchanging them changes the sign of the lag only, and what "only" says. 10 ms for ten seconds. */
export function signalAgreement(pair: SignalPair): SignalAgreement {
  const { fs, first, second } = pair;
  let shared = 0;
  let squares = 0;
  let onlyFirst = 0;
  let onlySecond = 0;
  for (let i = 0; i < first.length; i++) {
    const a = first[i]!;
    const b = second[i]!;
    if (a !== a && b !== b) continue;
    if (b !== b) onlyFirst++;
    else if (a !== a) onlySecond++;
    else {
      shared++;
      squares += (a - b) * (a - b);
    }
  }
  const isSame = squares === 0;
  const lag =
    shared === 0 || isSame ? 0 : alignLead(first, second, Math.trunc(MAX_LAG_SECONDS * fs)).lagSamples;
  return {
    rmseMicrovolts: shared === 0 ? null : 1000 * Math.sqrt(squares / shared),
    snrDb: powerDb(sharedPower(pair)),
    // Adding 0 makes a plain zero of minus zero.
    lagMilliseconds: (-1000 * lag) / fs + 0,
    pearson: shared > 0 && isSame ? 1 : pearson(first, second),
    onlyFirstSeconds: onlyFirst / fs,
    onlySecondSeconds: onlySecond / fs,
  };
}

export function sharedPower({ first, second }: SignalPair): SharedPower {
  let signal = 0;
  let difference = 0;
  for (let i = 0; i < first.length; i++) {
    const a = first[i]! === first[i]! ? first[i]! : 0;
    const b = second[i]! === second[i]! ? second[i]! : 0;
    signal += (a * a + b * b) / 2;
    difference += (a - b) * (a - b);
  }
  return { signal, difference };
}

/** Decibels of a power over a difference, within -60 and 60. */
export function powerDb({ signal, difference }: SharedPower): number {
  if (difference === 0) return MOST_DB;
  return Math.max(-MOST_DB, Math.min(MOST_DB, 10 * Math.log10(signal / difference)));
}
