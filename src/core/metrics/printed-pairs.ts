import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';
import type { LeadTable } from './lead-table.ts';
import { resampleToClock } from './resample-to-clock.ts';

/** One lead over the span in which the truth is printed, prediction on the truth's clock. Same length, millivolts. */
export interface PrintedPair {
  readonly lead: LeadName;
  /** Page time of the first sample, seconds. */
  readonly startSeconds: number;
  readonly truth: Float64Array;
  /** NaN where it says nothing; null when the lead was not found, or the page has no prediction. */
  readonly prediction: Float64Array | null;
}

/**
 * Lays a prediction over its truth, lead by lead in standard order: from the first to the last printed sample of the
 * truth, read at the truth's rate. Leads that are not printed have no pair.
 *
 * @example
 * printedPairs(truth, prediction)[0].truth.length; // 1250 samples of lead I
 */
export function printedPairs(truth: LeadTable, prediction: LeadTable | null): PrintedPair[] {
  const pairs: PrintedPair[] = [];
  for (const lead of LEAD_NAMES) {
    const column = truth.leads.get(lead);
    const span = column ? printedSpan(column) : null;
    if (!column || !span) continue;
    const label = Float64Array.from(column.subarray(span.first, span.end));
    const predicted = prediction?.leads.get(lead);
    const startSeconds = truth.startSeconds + span.first / truth.fs;
    pairs.push({
      lead,
      startSeconds,
      truth: label,
      prediction:
        prediction && predicted
          ? resampleToClock(predicted, prediction, { fs: truth.fs, startSeconds, count: label.length })
          : null,
    });
  }
  return pairs;
}

/** First printed sample and one past the last, or null for an empty column. */
function printedSpan(column: Float32Array): { first: number; end: number } | null {
  let first = 0;
  while (first < column.length && Number.isNaN(column[first]!)) first++;
  let end = column.length;
  while (end > first && Number.isNaN(column[end - 1]!)) end--;
  return end > first ? { first, end } : null;
}
