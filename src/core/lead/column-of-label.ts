import type { ColumnFit } from './fit-columns.ts';

/** Names of the first column that stand in it where those of others stand before theirs begin this near, millimetres. */
const FIRST_START_MM: readonly [number, number] = [0, 6];

/**
 * The column in which a word would be the label, and by how many pixels it is off the common place. Labels begin, all of
 * them, at one distance from the left edges of their cells; or they end before them, over the end of the lead before, but for
 * those of the first column where a pulse stands in their way.
 *
 * @param x - left edge of the word
 * @param endX - its right edge
 */
export function columnOfLabel(
  x: number,
  endX: number,
  {
    origin,
    width,
    labelOffset,
    labelsBefore,
  }: Pick<ColumnFit, 'origin' | 'width' | 'labelOffset' | 'labelsBefore'>,
  pxPerMm: number,
): { readonly column: number; readonly off: number } {
  const startMm = (x - origin) / pxPerMm;
  if (labelsBefore && startMm >= FIRST_START_MM[0] && startMm <= FIRST_START_MM[1])
    return { column: 0, off: 0 };
  const place = (labelsBefore ? endX : x) - origin - labelOffset;
  // An integer also where rounding gives -0, which is no index.
  const column = Math.round(place / width) | 0;
  return { column, off: Math.abs(place - column * width) };
}
