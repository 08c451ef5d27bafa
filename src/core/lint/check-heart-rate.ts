import type { LeadSignal } from '../signal/lead-signal.ts';
import type { Finding } from './finding.ts';
import type { PageBeats } from './page-beats.ts';
import { knownSpan, quantile } from './stretch.ts';

const SLOWEST = 25;
const FASTEST = 230;
/** A page this long without a beat is suspicious. */
const SILENT_SECONDS = 4;

/** Checks that the page beats like a heart: an impossible rate mostly means a wrong speed. */
export function checkHeartRate(signals: readonly LeadSignal[], beats: PageBeats): Finding[] {
  const spans = signals.map(knownSpan).filter((span) => span !== null);
  if (spans.length === 0) return [];
  const start = Math.min(...spans.map((span) => span.start));
  const end = Math.max(...spans.map((span) => span.end));
  const finding = (code: string, message: string, value: number): Finding => ({
    code,
    severity: 'warning',
    message,
    leads: [],
    startSeconds: start,
    endSeconds: end,
    value,
  });
  if (beats.length === 0) {
    if (end - start < SILENT_SECONDS) return [];
    return [
      finding('no-beats', `No heart beat was found in ${(end - start).toFixed(1)} s: check the tracing.`, 0),
    ];
  }
  if (beats.length < 3) return [];
  const intervals = Float64Array.from(beats.slice(1), (t, k) => t - beats[k]!);
  const rate = 60 / quantile(intervals, 0.5);
  if (rate >= SLOWEST && rate <= FASTEST) return [];
  return [
    finding(
      'heart-rate-odd',
      `The heart rate reads ${Math.round(rate)} per minute: check the paper speed.`,
      rate,
    ),
  ];
}
