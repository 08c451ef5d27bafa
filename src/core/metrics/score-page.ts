import type { LeadName } from '../../shared/lead-name.ts';
import type { LeadTable } from './lead-table.ts';
import { printedPairs } from './printed-pairs.ts';
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
  for (const pair of printedPairs(truth, prediction)) {
    const score = scoreLead(pair.truth, pair.prediction, truth.fs);
    leads.set(pair.lead, score);
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
