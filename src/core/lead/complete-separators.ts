import type { Box, FloatRaster } from '../image/raster.ts';
import type { SeparatorColumn } from './find-separators.ts';

/** How far beside its place a mark is looked for, pixels. */
const SEARCH_PX = 2;
/** Coverage from which a pixel is inked, and the share of a mark's inner pixels that must be. */
const INKED = 0.5;
const FILLED = 0.93;
/** Rows at one boundary that must show a mark: a single complex is none. */
const LEAST_MARKS = 2;

/**
 * The separator columns with those between other columns that were not found: where complexes of all rows touch the marks of a
 * boundary, none of them is an upright of its own. The marks of the nearest known column are laid over the ink there; those that are
 * inked from end to end are separators, if several rows have them.
 *
 * @param columns separators that stand near `boundaries`, canonical pixels
 * @param boundaries edges of the columns from the left of the first to the right of the last, canonical pixels
 * @param isNear whether a separator at `x` stands at an edge
 */
export function completeSeparators(
  columns: readonly SeparatorColumn[],
  boundaries: readonly number[],
  isNear: (edge: number, x: number) => boolean,
  coverage: FloatRaster,
): readonly SeparatorColumn[] {
  const inner = boundaries.slice(1, -1);
  const known = columns.filter(({ x }) => inner.some((edge) => isNear(edge, x)));
  if (known.length === 0) return columns;
  const missing = inner.filter((edge) => !columns.some(({ x }) => isNear(edge, x)));
  const added = missing.flatMap((edge) => {
    const model = known.reduce((best, one) =>
      Math.abs(one.x - edge) < Math.abs(best.x - edge) ? one : best,
    );
    const from = inner.find((at) => isNear(at, model.x))!;
    const found = model.marks.flatMap((mark) => inkedMark(mark, edge - from, coverage) ?? []);
    if (found.length < Math.min(LEAST_MARKS, model.marks.length)) return [];
    return [{ ...model, x: model.x + edge - from, marks: found }];
  });
  return added.length === 0 ? columns : [...columns, ...added];
}

/** A mark moved along the page to where its pixels are inked; null where they are not. */
function inkedMark(mark: Box, shiftPx: number, { data, width, height }: FloatRaster): Box | null {
  let best: Box | null = null;
  let most = FILLED;
  for (let aside = -SEARCH_PX; aside <= SEARCH_PX; aside++) {
    const shift = Math.round(shiftPx) + aside;
    const [x0, x1] = [Math.ceil(mark.x0) + shift + 1, Math.floor(mark.x1) + shift - 1];
    const [y0, y1] = [Math.ceil(mark.y0) + 1, Math.floor(mark.y1) - 1];
    if (x0 < 0 || x1 > width || y0 < 0 || y1 > height || y1 <= y0) continue;
    let inked = 0;
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < Math.max(x0 + 1, x1); x++) if (data[y * width + x]! >= INKED) inked++;
    }
    const share = inked / ((y1 - y0) * Math.max(1, x1 - x0));
    if (share <= most) continue;
    most = share;
    best = { x0: mark.x0 + shift, x1: mark.x1 + shift, y0: mark.y0, y1: mark.y1 };
  }
  return best;
}
