import type { Box, FloatRaster } from '../image/raster.ts';
import type { InkKinds } from '../mask/ink-map.ts';
import { findInkComponents } from './ink-components.ts';
import { findWords, type Word } from './find-words.ts';
import { LABEL_CLASSES } from './label-net.ts';
import { readLabel } from './read-label.ts';

/** The words of a page, and the page as they are to be read. */
export interface ReadableWords {
  readonly words: readonly Word[];
  /** All ink, but inside the words that touch a trace only what belongs to them. */
  readonly print: FloatRaster;
}

/** Share of lettering from which all the ink of a pixel may be part of a letter. */
const LETTERING = 0.4;
/** A word that stands apart is part of a larger one, which touches a trace, below this share of its area. */
const PART_OF_WORD = 0.7;
const OTHER = LABEL_CLASSES.indexOf('other');

/**
 * Finds the words of a page on which a model told lettering from lines: those that stand apart as they are, those that
 * touch a trace by their lettering. Where a trace crosses a word, its pixels may belong to the letters or not: the word
 * is taken the way that reads more like a lead's name.
 *
 * @param ink - all ink of the page, evened
 * @param level - coverage from which a pixel counts as ink
 */
export function readThrough(
  ink: FloatRaster,
  kinds: InkKinds,
  level: number,
  pxPerMm: number,
): ReadableWords {
  const whole = findWords(findInkComponents(ink, level), pxPerMm);
  const touching: { word: Word; raster: FloatRaster; likeness: number }[] = [];
  for (const raster of [letters(ink, kinds.lettering, LETTERING), letters(ink, kinds.letteringOnly, 1)]) {
    for (const word of findWords(findInkComponents(raster, level), pxPerMm)) {
      const { box } = word;
      // Letters that stand clear of the trace make a word of their own, smaller than the whole.
      if (whole.some((other) => overlap(other.box, box) && area(other.box) > PART_OF_WORD * area(box)))
        continue;
      const likeness = Math.max(...readLabel(raster, box).subarray(0, OTHER));
      const rivals = touching.filter((other) => overlap(other.word.box, box));
      if (rivals.some((other) => other.likeness >= likeness)) continue;
      for (const rival of rivals) touching.splice(touching.indexOf(rival), 1);
      touching.push({ word, raster, likeness });
    }
  }
  const data = Float32Array.from(ink.data);
  for (const { word, raster } of touching) copyBox(raster, word.box, data);
  const apart = whole.filter(({ box }) => touching.every(({ word }) => !overlap(word.box, box)));
  return {
    words: [...touching.map(({ word }) => word), ...apart],
    print: { data, width: ink.width, height: ink.height },
  };
}

function letters({ data, width, height }: FloatRaster, share: FloatRaster, full: number): FloatRaster {
  const own = new Float32Array(data.length);
  for (let k = 0; k < own.length; k++) own[k] = data[k]! * Math.min(1, share.data[k]! / full);
  return { data: own, width, height };
}

/** Copies a box and a pixel around it. */
function copyBox({ data, width, height }: FloatRaster, { x0, y0, x1, y1 }: Box, into: Float32Array): void {
  const from = Math.max(0, x0 - 1);
  const to = Math.min(width, x1 + 1);
  for (let y = Math.max(0, y0 - 1); y < Math.min(height, y1 + 1); y++) {
    into.set(data.subarray(y * width + from, y * width + to), y * width + from);
  }
}

function overlap(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

function area({ x0, y0, x1, y1 }: Box): number {
  return (x1 - x0) * (y1 - y0);
}
