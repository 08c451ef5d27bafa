import type { Box } from '../image/raster.ts';
import type { Print } from './find-print.ts';

/** Print of so many pieces is surely a line of letters. */
const LINE_PIECES = 4;
/** Lines go on beyond faint letters: so many of their heights between two parts, and at either end. */
const GAP_HEIGHTS = 4;
const END_HEIGHTS = 1.2;
/** Parts of one line overlap by this share of the lower one, and their heights by this. */
const OVERLAP = 0.5;
const LEAST_HEIGHT = 0.4;

/**
 * Puts parts of a line of letters together that faint letters between them keep apart, and lengthens lines a little at
 * both ends, where letters may be too faint to be seen by a program but not by people.
 */
export function joinLines(prints: readonly Print[]): Print[] {
  let parts = [...prints];
  for (let joined = true; joined;) {
    joined = false;
    const next: Print[] = [];
    for (const part of parts) {
      const home = next.findIndex((other) => isSameLine(other, part));
      if (home < 0) next.push(part);
      else {
        next[home] = together(next[home]!, part);
        joined = true;
      }
    }
    parts = next;
  }
  return parts.map((part) => {
    if (part.pieces < LINE_PIECES) return part;
    const { box } = part;
    const more = END_HEIGHTS * (box.y1 - box.y0);
    return { ...part, box: { ...box, x0: box.x0 - more, x1: box.x1 + more } };
  });
}

function isSameLine(a: Print, b: Print): boolean {
  // One of the two must be letters for sure: pieces of a trace lie side by side, too.
  if (Math.max(a.pieces, b.pieces) < LINE_PIECES) return false;
  const low = Math.min(heightOf(a.box), heightOf(b.box));
  const tall = Math.max(heightOf(a.box), heightOf(b.box));
  if (low < LEAST_HEIGHT * tall) return false;
  const overlap = Math.min(a.box.y1, b.box.y1) - Math.max(a.box.y0, b.box.y0);
  const gap = Math.max(a.box.x0, b.box.x0) - Math.min(a.box.x1, b.box.x1);
  return overlap >= OVERLAP * low && gap <= GAP_HEIGHTS * low;
}

function together(a: Print, b: Print): Print {
  return {
    box: {
      x0: Math.min(a.box.x0, b.box.x0),
      y0: Math.min(a.box.y0, b.box.y0),
      x1: Math.max(a.box.x1, b.box.x1),
      y1: Math.max(a.box.y1, b.box.y1),
    },
    pieces: a.pieces + b.pieces,
  };
}

function heightOf({ y0, y1 }: Box): number {
  return y1 - y0;
}
