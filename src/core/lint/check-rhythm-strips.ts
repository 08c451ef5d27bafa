import type { LeadSignal } from '../signal/lead-signal.ts';
import { asRecorded } from './as-recorded.ts';
import type { Finding } from './finding.ts';
import { matchStretches } from './match-stretches.ts';
import { commonSpan, cutStretch, knownSpan } from './stretch.ts';

const SMOOTH_SECONDS = 0.02;
const MAX_LAG_SECONDS = 0.15;
const LEAST_CORRELATION = 0.8;
const LARGEST_GAIN_RATIO = 1.25;
const SHORTEST_SECONDS = 1;

/** Compares every rhythm strip with the short cell of the same lead: they show the same beats at the same scale. */
export function checkRhythmStrips(signals: readonly LeadSignal[]): Finding[] {
  const findings: Finding[] = [];
  const recorded = asRecorded(signals);
  for (const strip of signals) {
    if (strip.role !== 'rhythm') continue;
    for (const short of recorded) {
      if (short.role !== 'lead' || short.lead !== strip.lead) continue;
      const finding = compare(short, strip);
      if (finding) findings.push(finding);
    }
  }
  return findings;
}

function compare(short: LeadSignal, strip: LeadSignal): Finding | null {
  const span = commonSpan([knownSpan(short), knownSpan(strip)]);
  if (!span || span.end - span.start < SHORTEST_SECONDS) return null;
  const a = cutStretch(short, span, SMOOTH_SECONDS);
  const b = cutStretch(strip, span, SMOOTH_SECONDS);
  const { correlation, gain } = matchStretches(a, b, Math.round(MAX_LAG_SECONDS * short.fs));
  const finding = (code: string, message: string, value: number): Finding => ({
    code,
    severity: 'warning',
    message,
    leads: [short.lead],
    startSeconds: span.start,
    endSeconds: span.end,
    value,
  });
  const pair = `The short lead ${short.lead} and its rhythm strip`;
  const r = `correlation ${correlation.toFixed(2)}`;
  if (correlation < -LEAST_CORRELATION) {
    return finding('rhythm-inverted', `${pair} are mirror images (${r}): one is upside down.`, correlation);
  }
  if (correlation < LEAST_CORRELATION) {
    return finding(
      'rhythm-mismatch',
      `${pair} look different (${r}): one may be misnamed or mistraced.`,
      correlation,
    );
  }
  if (gain > LARGEST_GAIN_RATIO || gain < 1 / LARGEST_GAIN_RATIO) {
    const larger = gain > 1 ? gain : 1 / gain;
    return finding(
      'rhythm-gain',
      `${pair} differ in size: the ${gain > 1 ? 'short lead' : 'strip'} is ${larger.toFixed(1)} times as large.`,
      gain,
    );
  }
  return null;
}
