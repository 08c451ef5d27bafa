import { latin1 } from '../signal/byte-reader.ts';

/** An annotation of EDF+. */
export interface EdfAnnotation {
  readonly onsetSeconds: number;
  /** 0 where none is stated. */
  readonly durationSeconds: number;
  readonly text: string;
}

/** What one data record's annotation channel says. */
export interface EdfAnnotationRecord {
  /** Second at which the data record begins; null where it does not say. */
  readonly startSeconds: number | null;
  readonly annotations: readonly EdfAnnotation[];
}

const ONSET = /^([+-]\d+(?:\.\d*)?)(?:\x15(\d+(?:\.\d*)?))?$/;

/**
 * Reads time-stamped annotation lists (https://www.edfplus.info/specs/edfplus.html, 2.2.2): onset, 0x15, duration, 0x14,
 * texts each ended by 0x14, 0. The first list of a record keeps time and begins with an empty text. What is no list is
 * passed over.
 */
export function readEdfAnnotations(bytes: Uint8Array): EdfAnnotationRecord {
  let startSeconds: number | null = null;
  const annotations: EdfAnnotation[] = [];
  const decoder = new TextDecoder();
  for (const [index, list] of latin1(bytes).split('\0').entries()) {
    const [head = '', ...texts] = list.split('\x14');
    const onset = ONSET.exec(head);
    if (!onset) continue;
    const onsetSeconds = Number(onset[1]);
    texts.pop();
    for (const [t, raw] of texts.entries()) {
      const text = decoder.decode(Uint8Array.from(raw, (character) => character.charCodeAt(0)));
      if (text !== '') {
        annotations.push({ onsetSeconds, durationSeconds: Number(onset[2] ?? 0), text });
      } else if (index === 0 && t === 0) {
        startSeconds = onsetSeconds;
      }
    }
  }
  return { startSeconds, annotations };
}

/** The list that says when a data record begins. */
export function timeKeepingList(startSeconds: number): string {
  return `${seconds(startSeconds)}\x14\x14\0`;
}

/** An annotation as a list of its own; characters that separate become spaces. */
export function annotationList({ onsetSeconds, durationSeconds, text }: EdfAnnotation): string {
  const duration = durationSeconds > 0 ? `\x15${seconds(durationSeconds).slice(1)}` : '';

  return `${seconds(onsetSeconds)}${duration}\x14${text.replace(/[\x00-\x1f]+/g, ' ')}\x14\0`;
}

/** Signed seconds without an exponent, to a nanosecond. */
function seconds(value: number): string {
  const text = Math.abs(value)
    .toFixed(9)
    .replace(/\.?0+$/, '');
  return `${value < 0 ? '-' : '+'}${text}`;
}
