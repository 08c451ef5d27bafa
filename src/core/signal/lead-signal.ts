import type { LeadName } from '../../shared/lead-name.ts';

/** A calibrated stretch of one lead. */
export interface LeadSignal {
  readonly cellId: string;
  readonly lead: LeadName;
  readonly role: 'lead' | 'rhythm';
  /** Time of the first sample on the page's clock, seconds; an exact multiple of 1 / fs. */
  readonly startSeconds: number;
  /** Samples per second. */
  readonly fs: number;
  /** Millivolts relative to the estimated isoelectric line; NaN where nothing is printed. */
  readonly millivolts: Float32Array;
  /** Trust in each sample, 0..1. */
  readonly confidence: Float32Array;
  /** Trust in the lead as a whole, 0..1: the chance that it is right to 12 dB; absent until the page was judged. */
  readonly trust?: number;
}
