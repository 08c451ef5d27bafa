import type { Reading } from './read-page.ts';

/** What of a reading tells how good it is. */
export type ReadingFacts = Pick<Reading, 'status' | 'confidence' | 'findings'> & {
  readonly layout: { readonly cells: readonly { readonly labelSource: string }[] } | null;
};

/** Trust from which a page whose labels were all read needs no model. */
const SURE = 0.8;
/**
 * What a model sees is taken where it is trusted more by this: its shares cut the edges of strokes a little, which costs
 * 0.2 dB where it brings nothing. On a page that is doubtful without it, where there is more to gain than to lose, it is
 * taken unless it is trusted less by this.
 */
const GAIN = 0.025;
const DOUBTFUL = 0.5;
/** What it is worth, in trust, that all lead names were read. */
const NAMES_READ = 0.2;
/** What a contradiction costs, in trust, and how many count. */
const CONTRADICTION = 0.06;
const MOST_CONTRADICTIONS = 2;
/** Trust below this says nothing. */
export const LEAST_SAID = 0.05;
/** Findings that tell of a page which contradicts itself, and of no single doubtful line, which its trust knows of. */
const CONTRADICTIONS: ReadonlySet<string> = new Set([
  'rhythm-mismatch',
  'rhythm-gain',
  'rhythm-inverted',
  'limb-leads-disagree',
  'duration-odd',
  'pulse-odd',
]);

/** Whether a page needs no second look. */
export function isSure(reading: ReadingFacts): boolean {
  const { confidence, layout } = reading;
  if (confidence < SURE || contradictions(reading) > 0) return false;
  return layout !== null && layout.cells.every((cell) => cell.labelSource !== 'layout');
}

/** Whether a reading may be wrong as a whole. */
export function isDoubtful({ status, confidence }: ReadingFacts): boolean {
  return status === 'failed' || confidence < DOUBTFUL;
}

/** Which of two readings of a page is kept: without and with the help of a model. */
export function betterReading<T extends ReadingFacts>(plain: T, helped: T): T {
  if (helped.status === 'failed') return plain;
  if (plain.status === 'failed') return helped;
  const gain = isDoubtful(plain) ? -GAIN : GAIN;
  return merit(helped) >= merit(plain) + gain ? helped : plain;
}

/** Which of two readings is trusted more, contradictions and names considered; the first of equals. */
export function moreTrusted<T extends ReadingFacts>(first: T, other: T): T {
  if (other.status === 'failed') return first;
  return first.status === 'failed' || merit(other) > merit(first) ? other : first;
}

/**
 * Whether what was taken for a grid was rows of traces, lines of text or a halftone at equal distances. Trust holds it against a
 * page that it has no grid: one that is trusted more all the same has none.
 */
export function gridMisled(onGrid: ReadingFacts, without: ReadingFacts): boolean {
  if (onGrid.status === 'failed') return without.status !== 'failed';
  return without.confidence >= LEAST_SAID && without.confidence > onGrid.confidence;
}

/**
 * Trust in a reading, and a little for names that were read: where all is doubtful they tell which layout is right. What
 * contradicts itself (a strip and its short lead, limb leads, lengths of leads and pulses) is worth less.
 */
export function merit(reading: ReadingFacts): number {
  const cells = reading.layout?.cells ?? [];
  const read = cells.filter(({ labelSource }) => labelSource === 'read').length;
  const names = cells.length === 0 ? 0 : (NAMES_READ * read) / cells.length;
  return reading.confidence + names - CONTRADICTION * Math.min(MOST_CONTRADICTIONS, contradictions(reading));
}

function contradictions({ findings }: ReadingFacts): number {
  return findings.filter(({ code }) => CONTRADICTIONS.has(code)).length;
}
