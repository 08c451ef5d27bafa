import type { LeadName } from '../../shared/lead-name.ts';
import type { Reason } from '../../shared/reason.ts';

/** A physiology check that did not hold: a reason with the leads, the place and the number behind it. */
export interface Finding extends Reason {
  readonly leads: readonly LeadName[];
  /** Stretch of page time concerned, seconds; null for the whole lead. */
  readonly startSeconds: number | null;
  readonly endSeconds: number | null;
  /** Measured value, in the unit the message names. */
  readonly value: number | null;
}
