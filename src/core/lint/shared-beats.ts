import type { LeadSignal } from '../signal/lead-signal.ts';
import { asRecorded } from './as-recorded.ts';
import { detectBeats } from './detect-beats.ts';

/** How far the leads of a page beat together. */
export interface SharedBeats {
  /** Beats of leads that have company at their time. */
  readonly beats: number;
  /** Share of these that at least half of the other leads printed at that time show too; NaN without beats. */
  readonly share: number;
}

/** Leads agree on a beat within this. */
const AGREE_SECONDS = 0.06;
/** Beats this near to the end of a lead may be cut off in it. */
const EDGE_SECONDS = 0.1;

/** Looks for each beat of each lead in all other leads that are printed at its time; cost O(leads^2 beats). */
export function sharedBeats(signals: readonly LeadSignal[]): SharedBeats {
  const leads = asRecorded(signals).map(({ millivolts, fs, startSeconds }) => ({
    beats: detectBeats(millivolts, fs).map((t) => t + startSeconds),
    from: startSeconds,
    to: startSeconds + millivolts.length / fs,
  }));
  let beats = 0;
  let shared = 0;
  for (const lead of leads) {
    for (const t of lead.beats) {
      const company = leads.filter((l) => l !== lead && t > l.from + EDGE_SECONDS && t < l.to - EDGE_SECONDS);
      if (company.length === 0) continue;
      beats++;
      const agreeing = company.filter((l) => l.beats.some((other) => Math.abs(other - t) < AGREE_SECONDS));
      if (2 * agreeing.length >= company.length) shared++;
    }
  }
  return { beats, share: beats > 0 ? shared / beats : NaN };
}
