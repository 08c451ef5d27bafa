import type { LeadSignal } from '../signal/lead-signal.ts';
import { stretchLikeness } from './stretch-likeness.ts';

/** Columns that begin no later than this after the first tell nothing. */
const LATER_SECONDS = 0.5;
/** How alike one strip must be to a lead of a later column, and all of them in the mean more than where that column stands. */
const ALIKE = 0.9;
const MORE_ALIKE = 0.3;

/**
 * Signals by when they were recorded. Columns follow one another in time on most pages; on others every column begins
 * anew at the same moment, and rhythm strips show at their beginning what short leads of all columns show. Those are set to
 * where the first column begins. The same signals where no strip tells.
 */
export function asRecorded(signals: readonly LeadSignal[]): readonly LeadSignal[] {
  const shorts = signals.filter(({ role }) => role === 'lead');
  const startSeconds = Math.min(...shorts.map((short) => short.startSeconds));
  const later = shorts.filter((short) => short.startSeconds > startSeconds + LATER_SECONDS);
  const gains: number[] = [];
  let best = 0;
  for (const strip of signals) {
    if (strip.role !== 'rhythm') continue;
    const inTurn = mostAlike(later, strip);
    const atOnce = mostAlike(
      later.map((short) => ({ ...short, startSeconds })),
      strip,
    );
    if (inTurn === null || atOnce === null) continue;
    gains.push(atOnce - inTurn);
    best = Math.max(best, atOnce);
  }
  const gain = gains.reduce((sum, one) => sum + one, 0) / gains.length;
  if (!(gain > MORE_ALIKE) || best < ALIKE) return signals;
  return signals.map((one) => (later.includes(one) ? { ...one, startSeconds } : one));
}

function mostAlike(shorts: readonly LeadSignal[], strip: LeadSignal): number | null {
  const all = shorts.flatMap((short) => stretchLikeness(short, strip)?.likeness ?? []);
  return all.length > 0 ? Math.max(...all) : null;
}
