import type { LeadSignal } from '../signal/lead-signal.ts';
import { matchStretches } from './match-stretches.ts';
import { commonSpan, cutStretch, knownSpan } from './stretch.ts';

const SMOOTH_SECONDS = 0.02;
const MAX_LAG_SECONDS = 0.1;
const SHORTEST_SECONDS = 0.6;
/** Not looked at of a strip: a name printed on its beginning may have been traced with it. */
const BEGIN_SECONDS = 0.35;

/** How alike a strip and a short lead are while both are printed, -1..1. */
export interface StretchLikeness {
  readonly correlation: number;
  /** The same, less where one is larger than the other: twice their product over the sum of their squares. */
  readonly likeness: number;
}

/** Compares a strip and a short lead while both are printed; null where that is too short to tell. */
export function stretchLikeness(short: LeadSignal, strip: LeadSignal): StretchLikeness | null {
  const known = knownSpan(strip);
  const behindName = known && { ...known, start: known.start + BEGIN_SECONDS };
  const span = commonSpan([knownSpan(short), behindName]);
  if (!span || span.end - span.start < SHORTEST_SECONDS) return null;
  const lag = Math.round(MAX_LAG_SECONDS * short.fs);
  const { correlation, gain } = matchStretches(
    cutStretch(short, span, SMOOTH_SECONDS),
    cutStretch(strip, span, SMOOTH_SECONDS),
    lag,
  );
  const likeness = (2 * correlation) / (gain + 1 / gain);
  return Number.isFinite(likeness) ? { correlation, likeness } : null;
}
