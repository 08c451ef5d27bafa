import type { Box } from '../image/raster.ts';
import type { SeparatorColumn } from './find-separators.ts';
import { ascending } from '../../shared/ascending.ts';

/** Difference in height, as a share, and in thickness, pixels, that marks of one print may have. */
const SAME_HEIGHT = 0.12;
const SAME_WIDTH_PX = 1.5;

/**
 * The separator columns that look like the surest one: a program prints one kind of mark on a page, and complexes that
 * happen to line up with the edge of a column are of another size.
 */
export function keepAlikeSeparators(columns: readonly SeparatorColumn[]): SeparatorColumn[] {
  const [surest] = [...columns].sort((a, b) => b.quality * b.rows.length - a.quality * a.rows.length);
  if (!surest) return [];
  const height = typical(surest.marks, ({ y0, y1 }) => y1 - y0);
  const width = typical(surest.marks, ({ x0, x1 }) => x1 - x0);
  return columns.filter(
    ({ marks }) =>
      Math.abs(typical(marks, ({ y0, y1 }) => y1 - y0) - height) <= SAME_HEIGHT * height &&
      Math.abs(typical(marks, ({ x0, x1 }) => x1 - x0) - width) <= SAME_WIDTH_PX,
  );
}

function typical(marks: readonly Box[], measure: (box: Box) => number): number {
  const values = marks.map(measure).sort(ascending);
  return values[values.length >> 1]!;
}
