import { ascending } from '../../shared/ascending.ts';
import { delineateLead } from '../delineate/delineate-lead.ts';
import { leadIntervals } from '../delineate/lead-intervals.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { pageBeats } from './page-beats.ts';

/**
 * Linear discriminants (Fisher 1936, DOI 10.1111/j.1469-1809.1936.tb02137.x) over the logarithms of RR (seconds), PR, QRS
 * and QT (milliseconds), for what of them is seen: from 358 records of PTB-XL (DOI 10.1038/s41597-020-0495-6) laid out
 * over 10 s of 25 mm/s, once rightly and once as 5 s of 50 mm/s that are taken for 25.
 */
const DISCRIMINANTS = [
  { rr: 15.03, pr: 10.3, qrs: 10.18, qt: 15.23, bias: -201.5 },
  { rr: 15.53, pr: 0, qrs: 9.22, qt: 16.72, bias: -151.58 },
  { rr: 15.72, pr: 0, qrs: 11.21, qt: 0, bias: -57.55 },
  { rr: 0, pr: 12.21, qrs: 9.05, qt: 15.47, bias: -205.06 },
  { rr: 0, pr: 0, qrs: 7.87, qt: 17.25, bias: -145.59 },
] as const;

/**
 * Natural logarithm of the odds that the paper ran twice as fast as the signals were timed, both speeds being as likely
 * beforehand: intervals of a slow heart stay what they are (QRS, hardly longer QT), those of a stretched one are all
 * twice as long. Null where too little is seen. About 20 ms a page.
 */
export function oddsOfDoubleSpeed(signals: readonly LeadSignal[]): number | null {
  const beats = pageBeats(signals);
  const rr = middleOf(beats.slice(1).map((t, k) => t - beats[k]!));
  const leads = signals.map(({ millivolts, fs }) => leadIntervals(delineateLead(millivolts, fs)));
  const pr = middleOf(leads.flatMap((lead) => lead.pr ?? []));
  const qrs = middleOf(leads.flatMap((lead) => lead.qrs ?? []));
  const qt = middleOf(leads.flatMap((lead) => lead.qt ?? []));
  const seen = { rr: Math.log(rr), pr: Math.log(pr), qrs: Math.log(qrs), qt: Math.log(qt) };
  for (const { bias, ...weights } of DISCRIMINANTS) {
    let odds: number = bias;
    for (const key of ['rr', 'pr', 'qrs', 'qt'] as const)
      if (weights[key] !== 0) odds += weights[key] * seen[key];
    if (Number.isFinite(odds)) return odds;
  }
  return null;
}

function middleOf(values: number[]): number {
  return values.sort(ascending)[values.length >> 1] ?? NaN;
}
