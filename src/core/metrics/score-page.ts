import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';
import type { LeadTable } from './lead-table.ts';
import { resampleToClock } from './resample-to-clock.ts';
import { cappedRatio, ratioToDb, scoreLead, type LeadScore } from './score-lead.ts';

/** How well one page was recovered. */
export interface PageScore {
  /** Sum of signal powers over sum of noise powers of the printed leads, capped at 384. */
  readonly ratio: number;
  /** `ratio` in decibels. */
  readonly snrDb: number;
  /** Mean of the leads' Pearson correlations; a missing lead counts as 0. */
  readonly pearson: number;
  /** Over all samples of all printed leads, microvolts. */
  readonly rmseMicrovolts: number;
  /** Printed leads recovered over at least half of their span. */
  readonly leadsFound: number;
  /** Printed leads, by the truth. */
  readonly leadsPrinted: number;
  /** Whether there was a prediction at all. */
  readonly failed: boolean;
  readonly leads: ReadonlyMap<LeadName, LeadScore>;
}

/**
 * Kaggle SNR of one page ("PhysioNet: digitization of ECG images"), with Pearson r and RMSE from the same alignment.
 * Each lead is compared over the span in which the truth is printed; the prediction is read on the truth's clock and
 * rate. Lead II is whatever the truth's column holds: the 10 s rhythm strip where one is printed. A missing lead, or
 * a missing page (`null`), counts as 0 mV.
 *
 * @example
 * scorePage(truth, prediction).snrDb; // 21.3
 */
export function scorePage(truth: LeadTable, prediction: LeadTable | null): PageScore {
  const leads = new Map<LeadName, LeadScore>();
  let signalPower = 0;
  let noisePower = 0;
  let samples = 0;
  let pearsonSum = 0;
  let leadsFound = 0;
  for (const lead of LEAD_NAMES) {
    const column = truth.leads.get(lead);
    const span = column ? printedSpan(column) : null;
    if (!column || !span) continue;
    const label = Float64Array.from(column.subarray(span.first, span.end));
    const predicted = prediction?.leads.get(lead);
    const clock = {
      fs: truth.fs,
      startSeconds: truth.startSeconds + span.first / truth.fs,
      count: label.length,
    };
    const score = scoreLead(
      label,
      prediction && predicted ? resampleToClock(predicted, prediction, clock) : null,
      truth.fs,
    );
    leads.set(lead, score);
    signalPower += score.signalPower;
    noisePower += score.noisePower;
    samples += score.samples;
    pearsonSum += score.pearson;
    if (score.found) leadsFound++;
  }
  const ratio = cappedRatio(signalPower, noisePower);
  return {
    ratio,
    snrDb: ratioToDb(ratio),
    pearson: leads.size > 0 ? pearsonSum / leads.size : 0,
    rmseMicrovolts: samples > 0 ? 1000 * Math.sqrt(noisePower / samples) : 0,
    leadsFound,
    leadsPrinted: leads.size,
    failed: prediction === null,
    leads,
  };
}

/** First printed sample and one past the last, or null for an empty column. */
function printedSpan(column: Float32Array): { first: number; end: number } | null {
  let first = 0;
  while (first < column.length && Number.isNaN(column[first]!)) first++;
  let end = column.length;
  while (end > first && Number.isNaN(column[end - 1]!)) end--;
  return end > first ? { first, end } : null;
}
