import type { SeparatorColumn } from './find-separators.ts';

/** Boundaries between columns from which separators must stand at more than one of them. */
const SEVERAL = 2;

/**
 * The separator columns, if they are separators: whoever prints them prints them between all columns. What lines up at
 * one boundary alone are complexes, which simultaneous leads have at one place, or stems of their names; blanked as
 * separators they would be lost to the trace.
 *
 * @param boundaries edges of the columns from the left of the first to the right of the last, canonical pixels
 * @param isNear whether a separator at `x` stands at an edge
 */
export function keepRepeatedSeparators(
  columns: readonly SeparatorColumn[],
  boundaries: readonly number[],
  isNear: (edge: number, x: number) => boolean,
): readonly SeparatorColumn[] {
  const inner = boundaries.slice(1, -1);
  const marked = inner.filter((edge) => columns.some(({ x }) => isNear(edge, x)));
  return marked.length < Math.min(SEVERAL, inner.length) ? [] : columns;
}
