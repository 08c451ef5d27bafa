import type { Box } from '../image/raster.ts';
import type { InkComponents } from './ink-components.ts';
import { joinDots } from './join-dots.ts';

/** Neighbouring letters on one line of print. Canonical pixels. */
export interface Word {
  readonly box: Box;
  /** Components that make up the word, left to right; numbers beyond them are letters made of dots. */
  readonly letters: readonly number[];
  /** Whether all letters are bars, as those of numerals are, and as separators look. */
  readonly bars: boolean;
}

interface GrowingWord {
  readonly letters: number[];
  /** Whether all letters so far are bars. */
  bars: boolean;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Sizes of a printed letter, millimetres. */
const MIN_HEIGHT_MM = 0.9;
const MAX_HEIGHT_MM = 6;
const MAX_WIDTH_MM = 16;
/** Letters nearer than this share of their height belong to one word. */
const LETTER_GAP = 0.55;
/** Numerals of wide-spaced print (I I I): bars of this aspect may stand this far apart. */
const BAR_ASPECT = 0.5;
const BAR_GAP = 1.4;
/** Letters of a word share a line: they overlap by this share of the taller one, which a separator bar does not. */
const LINE_OVERLAP = 0.6;
/** Small parts (hyphens, full stops) join a word when at least this large. */
const MIN_PART_MM2 = 0.06;

/**
 * Groups letter-sized components into words by nearness on a common line. Letters that touch the trace are part of
 * the trace's component and are not seen here; letters of a matrix printer are put together from their dots.
 */
export function findWords(components: InkComponents, pxPerMm: number): Word[] {
  const pieces = joinDots(components, pxPerMm);
  const { x0, y0, x1, y1, area } = pieces;
  const letters: number[] = [];
  const parts: number[] = [];
  for (let c = 0; c < pieces.count; c++) {
    const height = (y1[c] - y0[c]) / pxPerMm;
    const width = (x1[c] - x0[c]) / pxPerMm;
    if (width > MAX_WIDTH_MM || height > MAX_HEIGHT_MM) continue;
    if (height >= MIN_HEIGHT_MM) letters.push(c);
    else if (area[c] >= MIN_PART_MM2 * pxPerMm * pxPerMm && width < 3) parts.push(c);
  }
  letters.sort((a, b) => x0[a] - x0[b]);
  const words: GrowingWord[] = [];
  // Words that a letter further right may still join; the others are left behind, which keeps noise affordable.
  const open: GrowingWord[] = [];
  const reach = ((BAR_GAP * MAX_HEIGHT_MM) / LINE_OVERLAP) * pxPerMm;
  for (const c of letters) {
    const height = y1[c] - y0[c];
    let home: GrowingWord | null = null;
    let kept = 0;
    for (const word of open) {
      if (x0[c] - word.x1 > reach) continue;
      open[kept++] = word;
      const tall = Math.max(height, word.y1 - word.y0);
      const overlap = Math.min(y1[c], word.y1) - Math.max(y0[c], word.y0);
      if (overlap < LINE_OVERLAP * tall) continue;
      const bars = word.bars && x1[c] - x0[c] <= BAR_ASPECT * height;
      if (x0[c] - word.x1 > (bars ? BAR_GAP : LETTER_GAP) * tall || x0[c] < word.x0) continue;
      if (home === null || word.x1 > home.x1) home = word;
    }
    open.length = kept;
    if (home) {
      home.letters.push(c);
      home.bars &&= x1[c] - x0[c] <= BAR_ASPECT * height;
      home.x1 = Math.max(home.x1, x1[c]);
      home.y0 = Math.min(home.y0, y0[c]);
      home.y1 = Math.max(home.y1, y1[c]);
    } else {
      const bars = x1[c] - x0[c] <= BAR_ASPECT * height;
      const word = { letters: [c], bars, x0: x0[c], y0: y0[c], x1: x1[c], y1: y1[c] };
      words.push(word);
      open.push(word);
    }
  }
  for (const c of parts) {
    for (const word of words) {
      const tall = word.y1 - word.y0;
      if (y0[c] < word.y0 - 0.2 * tall || y1[c] > word.y1 + 0.2 * tall) continue;
      if (x0[c] > word.x1 + LETTER_GAP * tall || x1[c] < word.x0 - LETTER_GAP * tall) continue;
      word.letters.push(c);
      word.x0 = Math.min(word.x0, x0[c]);
      word.x1 = Math.max(word.x1, x1[c]);
      break;
    }
  }
  return words.map((word) => ({
    box: { x0: word.x0, y0: word.y0, x1: word.x1, y1: word.y1 },
    letters: word.letters.sort((a, b) => x0[a] - x0[b]),
    bars: word.letters.every((c) => x1[c] - x0[c] <= BAR_ASPECT * (y1[c] - y0[c])),
  }));
}
