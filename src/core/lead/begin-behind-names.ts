import { isUnmistakable, type LabelCandidate } from './find-labels.ts';
import type { RowExtent } from './measure-extents.ts';
import type { RowLevel } from './row-level.ts';
import { ascending } from '../../shared/ascending.ts';

/** How far left of a name a row may seem to begin that begins with it, and how far from its height, millimetres. */
const REACH_MM = 0.8;
const LEVEL_MM = 2;
/** Rows that begin within this distance of the middle one agree with it. */
const AGREE_MM = 0.5;

/**
 * The extents of the rows, those that begin with a lead name beginning behind it: names before their leads, at the height of
 * the trace, look like its first strokes. Taken only where the rows agree better then.
 *
 * @param level height of the trace of a row at a column
 */
export function beginBehindNames(
  extents: readonly RowExtent[],
  labels: readonly LabelCandidate[],
  level: RowLevel,
  pxPerMm: number,
): readonly RowExtent[] {
  const sure = labels.filter(({ probabilities }) => isUnmistakable(probabilities));
  const behind = extents.map((extent, row) => {
    const name = sure.find(({ row: own, box }) => {
      const y = level(row, box.x1);
      return (
        own === row &&
        extent.x0 >= box.x0 - REACH_MM * pxPerMm &&
        extent.x0 < box.x1 &&
        y > box.y0 - LEVEL_MM * pxPerMm &&
        y < box.y1 + LEVEL_MM * pxPerMm
      );
    });
    return name ? { ...extent, x0: name.box.x1 } : extent;
  });
  return agreeing(behind, pxPerMm) > agreeing(extents, pxPerMm) ? behind : extents;
}

function agreeing(extents: readonly RowExtent[], pxPerMm: number): number {
  const begins = extents.map(({ x0 }) => x0).sort(ascending);
  const middle = begins[begins.length >> 1]!;
  return begins.filter((x0) => Math.abs(x0 - middle) < AGREE_MM * pxPerMm).length;
}
