import type { Digitization } from '../digitization.ts';
import { expectedSnr } from './expected-snr.ts';
import { pageDoubt } from './page-doubt.ts';

/** Why a page deserves eyes: 0..1, and the strongest reason in words. */
export interface Attention {
  readonly score: number;
  readonly words: string;
}

/** How much a finding worries, by its severity. */
const WORRY = { error: 0.85, warning: 0.6, info: 0.2 } as const;
/** What each further reason adds to the strongest. */
const MORE = 0.01;

/** How much a page deserves eyes: lost leads first, then what cannot be true of a heart, then doubt about the traces. */
export function attentionOf(page: Digitization): Attention {
  const { status, layout, signals, findings, confidence } = page;
  if (status === 'failed') return { score: 1, words: 'No lead could be read' };
  const seen = new Set(signals.map(({ cellId }) => cellId));
  const lost = (layout?.cells ?? []).filter(({ id }) => !seen.has(id)).map(({ lead }) => lead);
  const reasons: Attention[] = [];
  if (lost.length > 0) reasons.push({ score: 0.95, words: `Not traced: ${lost.join(', ')}` });
  for (const { severity, message, leads } of findings) {
    const where = leads.length > 0 && leads.length <= 3 ? `${leads.join(', ')}: ` : '';
    reasons.push({ score: WORRY[severity], words: where + firstSentence(message) });
  }
  const db = expectedSnr(page);
  const words =
    db === null ? `Trust ${Math.round(confidence * 100)} %` : `About ${Math.round(db)} dB expected`;
  reasons.push({ score: pageDoubt(page, db), words });
  const strongest = reasons.reduce((best, reason) => (reason.score > best.score ? reason : best));
  const score = Math.min(1, strongest.score + MORE * (reasons.length - 1));
  return { score, words: strongest.words };
}

function firstSentence(message: string): string {
  const end = message.search(/[.:;](\s|$)/);
  return end > 0 ? message.slice(0, end) : message;
}
