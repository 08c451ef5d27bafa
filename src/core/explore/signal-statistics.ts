import { delineateLead } from '../delineate/delineate-lead.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { ascending } from '../../shared/ascending.ts';

/** What the signals of a page are like; null where they do not tell. */
export interface SignalStatistics {
  /** Beats per minute, from the longest stretch. */
  readonly heartRate: number | null;
  /** Median over stretches of the range between the 1st and 99th percentile, millivolts. */
  readonly amplitudeMillivolts: number | null;
  /** Share of the samples that are known, 0..1. */
  readonly tracedShare: number | null;
}

/** Fewer beats tell no rate. */
const LEAST_BEATS = 3;

/** Sums up the signals of a page; about 5 ms. */
export function signalStatistics(signals: readonly LeadSignal[]): SignalStatistics {
  const ranges: number[] = [];
  let known = 0;
  let all = 0;
  let longest: LeadSignal | null = null;
  for (const signal of signals) {
    const values = signal.millivolts.filter((value) => !Number.isNaN(value)).sort();
    known += values.length;
    all += signal.millivolts.length;
    if (values.length > 0) {
      const at = (share: number) => values[Math.round(share * (values.length - 1))]!;
      ranges.push(at(0.99) - at(0.01));
    }
    if (!longest || signal.millivolts.length > longest.millivolts.length) longest = signal;
  }
  ranges.sort(ascending);
  return {
    heartRate: longest ? rateOf(longest) : null,
    amplitudeMillivolts: ranges.length > 0 ? ranges[ranges.length >> 1]! : null,
    tracedShare: all > 0 ? known / all : null,
  };
}

function rateOf({ millivolts, fs }: LeadSignal): number | null {
  const beats = delineateLead(millivolts, fs).map(({ rSeconds }) => rSeconds);
  if (beats.length < LEAST_BEATS) return null;
  const steps = beats.slice(1).map((t, k) => t - beats[k]!);
  steps.sort(ascending);
  return 60 / steps[steps.length >> 1]!;
}
