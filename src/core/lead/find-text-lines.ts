import type { Box } from '../image/raster.ts';
import type { Word } from './find-words.ts';

/** Words that follow each other on one line of print. Canonical pixels. */
export interface TextLine {
  readonly box: Box;
  /** Connected pieces of ink on the line: about its letters, fewer where they touch. */
  readonly letters: number;
}

/** Widest gap between words of one line, in heights of the line. */
const WORD_GAP = 1.6;
/** Words share a line when they overlap by this share of the lower one. */
const OVERLAP = 0.5;
/** A word may be so much lower than its line (a full stop, a dash), and the line so much lower than the word. */
const LEAST_HEIGHT = 0.3;

/** Groups words into lines of print, left to right; the order of the lines is that of their left edges. */
export function findTextLines(words: readonly Word[]): TextLine[] {
  const sorted = [...words].sort((a, b) => a.box.x0 - b.box.x0);
  const lines: { x0: number; y0: number; x1: number; y1: number; letters: number }[] = [];
  const open: typeof lines = [];
  for (const { box, letters } of sorted) {
    const height = box.y1 - box.y0;
    let home: (typeof lines)[number] | null = null;
    let kept = 0;
    for (const line of open) {
      const tall = line.y1 - line.y0;
      const gap = box.x0 - line.x1;
      if (gap > 2 * WORD_GAP * tall) continue;
      open[kept++] = line;
      if (gap > WORD_GAP * Math.max(tall, height)) continue;
      const overlap = Math.min(box.y1, line.y1) - Math.max(box.y0, line.y0);
      const low = Math.min(tall, height);
      if (overlap < OVERLAP * low || low < LEAST_HEIGHT * Math.max(tall, height)) continue;
      if (home === null || line.x1 > home.x1) home = line;
    }
    open.length = kept;
    if (home === null) {
      home = { x0: box.x0, y0: box.y0, x1: box.x1, y1: box.y1, letters: letters.length };
      lines.push(home);
      open.push(home);
      continue;
    }
    home.letters += letters.length;
    home.x1 = Math.max(home.x1, box.x1);
    home.y0 = Math.min(home.y0, box.y0);
    home.y1 = Math.max(home.y1, box.y1);
  }
  return lines.map(({ letters, x0, y0, x1, y1 }) => ({ box: { x0, y0, x1, y1 }, letters }));
}
