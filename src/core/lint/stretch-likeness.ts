import type { LeadSignal } from '../signal/lead-signal.ts';
import { matchStretches } from './match-stretches.ts';
import { commonSpan, cutStretch, knownSpan } from './stretch.ts';

const SMOOTH_SECONDS = 0.02;
const MAX_LAG_SECONDS = 0.1;
const SHORTEST_SECONDS = 0.6;

/** Correlation of a strip and a short lead while both are printed; null where that is too short to tell. */
export function stretchLikeness(short: LeadSignal, strip: LeadSignal): number | null {
  const span = commonSpan([knownSpan(short), knownSpan(strip)]);
  if (!span || span.end - span.start < SHORTEST_SECONDS) return null;
  const lag = Math.round(MAX_LAG_SECONDS * short.fs);
  const { correlation } = matchStretches(
    cutStretch(short, span, SMOOTH_SECONDS),
    cutStretch(strip, span, SMOOTH_SECONDS),
    lag,
  );
  return Number.isFinite(correlation) ? correlation : null;
}
