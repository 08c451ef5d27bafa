import type { Box } from '../image/raster.ts';
import type { SeparatorColumn } from './find-separators.ts';
import { ascending } from '../../shared/ascending.ts';

/** Difference in height, as a share, and in thickness, pixels, up to which marks count as of one kind. */
const SAME_HEIGHT = 0.2;
const SAME_WIDTH_PX = 1.5;
/** The same for marks of the same rows: by how many times their heights may differ, and the share of rows they must share. */
const LIKE_HEIGHT = 1.6;
const SAME_ROWS = 0.75;
/** Columns of one kind from which they are no separators: no page has so many boundaries, with beats that look like them besides. */
const CROWD = 13;

interface Kind {
  readonly height: number;
  readonly width: number;
  readonly rows: readonly number[];
}

/**
 * The separator columns of which a page has no more than it can have boundaries between leads. Noise of one electrode shows in
 * several leads at the same moments: its peaks stand in line all along these rows.
 *
 * @param rowCount rows of the page; marks that stand in all of them may be complexes as well as noise and are told by size alone
 */
export function keepSparseSeparators(
  columns: readonly SeparatorColumn[],
  rowCount: number,
): SeparatorColumn[] {
  const kinds = columns.map(({ marks, rows }) => ({
    height: typical(marks, ({ y0, y1 }) => y1 - y0),
    width: typical(marks, ({ x0, x1 }) => x1 - x0),
    rows,
  }));
  return columns.filter((_, k) => {
    const own = kinds[k]!;
    const ofSize = kinds.filter((other) => isOfSize(other, own));
    const ofRows = own.rows.length < rowCount ? kinds.filter((other) => isOfRows(other, own)) : [];
    return Math.max(ofSize.length, ofRows.length) < CROWD;
  });
}

function isOfSize(a: Kind, b: Kind): boolean {
  return (
    Math.abs(a.height - b.height) <= SAME_HEIGHT * b.height && Math.abs(a.width - b.width) <= SAME_WIDTH_PX
  );
}

function isOfRows(a: Kind, b: Kind): boolean {
  const shared = a.rows.filter((row) => b.rows.includes(row)).length;
  const either = a.rows.length + b.rows.length - shared;
  return shared >= SAME_ROWS * either && Math.max(a.height / b.height, b.height / a.height) <= LIKE_HEIGHT;
}

function typical(marks: readonly Box[], measure: (box: Box) => number): number {
  const values = marks.map(measure).sort(ascending);
  return values[values.length >> 1]!;
}
