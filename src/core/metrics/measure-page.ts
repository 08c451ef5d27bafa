import { delineateLead } from '../delineate/delineate-lead.ts';
import { leadIntervals, type LeadIntervals } from '../delineate/lead-intervals.ts';
import type { LeadName } from '../../shared/lead-name.ts';
import { alignLead } from './align-lead.ts';
import { scoreCinc2024, type CincScore } from './cinc-2024.ts';
import type { LeadTable } from './lead-table.ts';
import { matchTimes, type TimeMatch } from './match-times.ts';
import { printedPairs } from './printed-pairs.ts';
import { MAX_LAG_SECONDS } from './score-lead.ts';
import { shiftLikeCinc } from './shift-like-cinc.ts';
import { warpDistance } from './warp-distance.ts';

/** What else can be said about one lead beside its `LeadScore`; null where there is nothing to compare. */
export interface LeadMeasures {
  /** Mean absolute difference over the samples both have, aligned as for the Kaggle score, microvolts. */
  readonly maeMicrovolts: number | null;
  /** Mean absolute difference along the cheapest warping path within +-0.1 s, aligned likewise, microvolts. */
  readonly dtwMicrovolts: number | null;
  /** By the definitions of the CinC challenge of 2024; nothing is aligned unless asked. */
  readonly cinc: CincScore | null;
  /** R peaks of both signals, aligned, that lie within 50 ms of each other; half beats at the ends are forgiven. */
  readonly rPeaks: TimeMatch;
  /** Intervals of the truth and of the prediction by the same delineator, milliseconds. */
  readonly intervals: { readonly truth: LeadIntervals; readonly prediction: LeadIntervals };
}

/** R peaks count as the same within this. */
export const R_PEAK_WINDOW_SECONDS = 0.05;
const WARP_BAND_SECONDS = 0.1;
/** Beats this near to an end of the printed span are cut in half: see `matchTimes`. */
const END_SECONDS = 0.1;

/**
 * Measures every printed lead of a page. Dear beside `scorePage`: about 0.2 s for a page with 10 s strips of twelve
 * leads, and 0.3 s more for each such strip with the challenge's shift.
 *
 * @param options.cincShift apply the challenge's own alignment before its scores, see `shiftLikeCinc`
 */
export function measurePage(
  truth: LeadTable,
  prediction: LeadTable | null,
  options: { readonly cincShift?: boolean } = {},
): Map<LeadName, LeadMeasures> {
  const { fs } = truth;
  const result = new Map<LeadName, LeadMeasures>();
  for (const pair of printedPairs(truth, prediction)) {
    const nothing = new Float64Array(pair.truth.length).fill(NaN);
    const predicted = pair.prediction ?? nothing;
    const { aligned } = alignLead(pair.truth, predicted, Math.trunc(MAX_LAG_SECONDS * fs));
    const shifted = options.cincShift ? shiftLikeCinc(pair.truth, predicted, fs) : predicted;
    const trueBeats = delineateLead(Float32Array.from(pair.truth), fs);
    const beats = delineateLead(Float32Array.from(aligned), fs);
    result.set(pair.lead, {
      maeMicrovolts: microvolts(meanAbsolute(pair.truth, aligned)),
      dtwMicrovolts: microvolts(warpDistance(pair.truth, aligned, Math.round(WARP_BAND_SECONDS * fs))),
      cinc: scoreCinc2024(pair.truth, shifted, fs),
      rPeaks: matchTimes(
        trueBeats.map(({ rSeconds }) => rSeconds),
        beats.map(({ rSeconds }) => rSeconds),
        R_PEAK_WINDOW_SECONDS,
        [END_SECONDS, pair.truth.length / fs - END_SECONDS],
      ),
      intervals: { truth: leadIntervals(trueBeats), prediction: leadIntervals(beats) },
    });
  }
  return result;
}

function microvolts(millivolts: number): number | null {
  return Number.isNaN(millivolts) ? null : 1000 * millivolts;
}

function meanAbsolute(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (difference !== difference) continue;
    sum += difference;
    count++;
  }
  return count > 0 ? sum / count : NaN;
}
