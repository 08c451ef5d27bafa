import type { DottedLine } from './find-dotted-lines.ts';
import type { SeparatorColumn } from './find-separators.ts';
import type { RowExtent } from './measure-extents.ts';

/** Dotted lines nearer than this to where traces begin or end are borders or what is left of the grid. */
const INSIDE_MM = 8;
/** Marks this near a dotted line tell the same place, and better than it when they are this much alike. */
const SAME_MM = 2;
const SURE_QUALITY = 0.5;

/** Separators with the dotted lines between them, which stand in for doubtful marks at their place. From left to right. */
export function withDottedLines(
  separators: readonly SeparatorColumn[],
  lines: readonly DottedLine[],
  extents: readonly RowExtent[],
  pxPerMm: number,
): SeparatorColumn[] {
  const first = Math.min(...extents.map(({ x0 }) => x0)) + INSIDE_MM * pxPerMm;
  const last = Math.max(...extents.map(({ x1 }) => x1)) - INSIDE_MM * pxPerMm;
  const isSame = (a: { readonly x: number }, b: { readonly x: number }) =>
    Math.abs(a.x - b.x) <= SAME_MM * pxPerMm;
  const sure = separators.filter(({ quality }) => quality >= SURE_QUALITY);
  const dotted = lines
    .filter((line) => line.x > first && line.x < last && !sure.some((s) => isSame(s, line)))
    .map(({ x, rows, share }): SeparatorColumn => ({ x, rows, marks: [], quality: share }));
  const others = separators.filter((s) => !dotted.some((line) => isSame(s, line)));
  return [...others, ...dotted].sort((a, b) => a.x - b.x);
}
