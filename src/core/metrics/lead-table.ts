import type { LeadName } from '../../shared/lead-name.ts';

/**
 * Signals of one page on its own clock, as the CSV files hold them: one row per sample, one column per lead.
 * Sample k of every lead belongs to second `startSeconds + k / fs`, where 0 is the left edge of the page's first
 * column. All arrays have the same length.
 */
export interface LeadTable {
  /** Samples per second. */
  readonly fs: number;
  /** Page time of row 0, seconds; 0 in the files Tracewright writes. */
  readonly startSeconds: number;
  /** Millivolts, NaN where the lead is not printed; leads without a column are absent. */
  readonly leads: ReadonlyMap<LeadName, Float32Array>;
}
