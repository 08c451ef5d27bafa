import type { Box } from '../image/raster.ts';
import type { MarkedPrint } from './plan-redaction.ts';

/** Share of a box that another must cover for it to say nothing new. */
const SAME = 0.85;

/**
 * Puts together the marks of several looks at one page: what an earlier look marked already is left out, what goes
 * beyond it stays.
 */
export function mergeMarks(looks: readonly MarkedPrint['boxes'][]): MarkedPrint['boxes'] {
  const merged: MarkedPrint['boxes'][number][] = [];
  for (const boxes of looks) {
    const before = merged.slice();
    for (const box of boxes)
      if (!before.some((other) => sharedArea(other, box) >= SAME * areaOf(box))) merged.push(box);
  }
  return merged;
}

function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  return width > 0 && height > 0 ? width * height : 0;
}

function areaOf({ x0, y0, x1, y1 }: Box): number {
  return (x1 - x0) * (y1 - y0);
}
