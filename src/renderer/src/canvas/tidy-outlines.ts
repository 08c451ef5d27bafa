import type { CellView } from '../../../shared/api/page-record.ts';
import type { Points } from './polygon.ts';

type Point = readonly [number, number];

const middle = ([ax, ay]: Point, [bx, by]: Point): Point => [(ax + bx) / 2, (ay + by) / 2];
const along = ([ax, ay]: Point, [bx, by]: Point, t: number): Point => [
  ax + (bx - ax) * t,
  ay + (by - ay) * t,
];

/**
 * The four corners of a cell outline, clockwise from the top left of the upright paper: outlines carry the same number
 * of points on each side.
 */
export function outlineCorners(outline: Points): readonly [Point, Point, Point, Point] | null {
  const side = outline.length / 4;
  if (outline.length < 4 || !Number.isInteger(side)) return null;
  return [outline[0]!, outline[side]!, outline[2 * side]!, outline[3 * side]!];
}

/**
 * Outlines to draw: the rows a trace may reach overlap between neighbours, which is true but unreadable, so cells that
 * overlap the cell printed below them are cut where the two meet halfway. Cells of other columns are left alone.
 */
export function tidyOutlines(
  cells: readonly Pick<CellView, 'id' | 'row' | 'startSeconds' | 'endSeconds' | 'outline'>[],
): ReadonlyMap<string, Points> {
  const cuts = new Map(cells.map(({ id }) => [id, { top: 0, bottom: 1 }]));
  for (const cell of cells) {
    const corners = outlineCorners(cell.outline);
    if (!corners) continue;
    const below = cells
      .filter(
        (other) => other.row > cell.row && sharedSeconds(cell, other) > 0.3 * shorterSeconds(cell, other),
      )
      .sort((a, b) => a.row - b.row)[0];
    const belowCorners = below && outlineCorners(below.outline);
    if (!below || !belowCorners) continue;
    const top = middle(corners[0], corners[1]);
    const bottom = middle(corners[3], corners[2]);
    const depth = Math.hypot(bottom[0] - top[0], bottom[1] - top[1]);
    const lower = nearestOnEdge(belowCorners[0], belowCorners[1], top);
    const reach =
      ((lower[0] - top[0]) * (bottom[0] - top[0]) + (lower[1] - top[1]) * (bottom[1] - top[1])) / depth;
    if (!(reach > 0 && reach < depth)) continue;
    const half = (depth - reach) / 2;
    const belowDepth = Math.hypot(
      belowCorners[3][0] - belowCorners[0][0],
      belowCorners[3][1] - belowCorners[0][1],
    );
    const mine = cuts.get(cell.id)!;
    const theirs = cuts.get(below.id)!;
    mine.bottom = Math.min(mine.bottom, 1 - half / depth);
    theirs.top = Math.max(theirs.top, Math.min(0.5, half / belowDepth));
  }
  return new Map(cells.map(({ id, outline }) => [id, cut(outline, cuts.get(id)!)]));
}

/** Keeps the part of an outline between two depths, 0 its upper and 1 its lower edge. */
function cut(outline: Points, { top, bottom }: { top: number; bottom: number }): Points {
  const side = outline.length / 4;
  if (!outlineCorners(outline) || (top === 0 && bottom === 1)) return outline;
  const upper: Point[] = [];
  const lower: Point[] = [];
  for (let i = 0; i <= side; i++) {
    const above = outline[i]!;
    const below = outline[3 * side - i]!;
    upper.push(along(above, below, top));
    lower.push(along(above, below, bottom));
  }
  return [...upper, ...lower.reverse()];
}

/** The point of the line through a and b that lies beside `to`. */
function nearestOnEdge(a: Point, b: Point, to: Point): Point {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const t = ((to[0] - a[0]) * dx + (to[1] - a[1]) * dy) / (dx * dx + dy * dy || 1);
  return along(a, b, t);
}

type Span = Pick<CellView, 'startSeconds' | 'endSeconds'>;

function sharedSeconds(a: Span, b: Span): number {
  return Math.min(a.endSeconds, b.endSeconds) - Math.max(a.startSeconds, b.startSeconds);
}

function shorterSeconds(a: Span, b: Span): number {
  return Math.min(a.endSeconds - a.startSeconds, b.endSeconds - b.startSeconds);
}
