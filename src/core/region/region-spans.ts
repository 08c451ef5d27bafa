import type { Box } from '../image/raster.ts';
import type { WarpMap } from '../page/rectification.ts';
import { imageToCanonical } from '../page/warp-map.ts';
import type { PageRegion } from './page-region.ts';
import { ascending } from '../../shared/ascending.ts';

/** The canonical pixels of a region. */
export interface RegionSpans {
  /** Encloses them; empty (x1 <= x0) where the region lies off the page. */
  readonly box: Box;
  /** Row, first and last column of each run of pixels, one run after the other. */
  readonly runs: Int32Array;
}

/** Outlines bend with the page: no edge is longer than this before it is carried over, image pixels. */
const EDGE_PX = 24;

/** Lays a region out on a canonical page of `width` x `height` pixels. Some 0.1 ms per 100 rows. */
export function regionSpans(
  { points }: Pick<PageRegion, 'points'>,
  warp: WarpMap,
  width: number,
  height: number,
): RegionSpans {
  const outline = finely(points).map(([x, y]) => imageToCanonical(warp, x, y));
  const rows = outline.map(([, y]) => y);
  const top = Math.max(0, Math.ceil(Math.min(...rows)));
  const bottom = Math.min(height - 1, Math.floor(Math.max(...rows)));
  const runs: number[] = [];
  const box = { x0: width, y0: height, x1: 0, y1: 0 };
  for (let y = top; y <= bottom; y++) {
    const crossings: number[] = [];
    for (let k = 0; k < outline.length; k++) {
      const [ax, ay] = outline[k]!;
      const [bx, by] = outline[(k + 1) % outline.length]!;
      if (ay > y !== by > y) crossings.push(ax + ((bx - ax) * (y - ay)) / (by - ay));
    }
    crossings.sort(ascending);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const first = Math.max(0, Math.ceil(crossings[k]!));
      const last = Math.min(width - 1, Math.floor(crossings[k + 1]!));
      if (last < first) continue;
      runs.push(y, first, last);
      box.x0 = Math.min(box.x0, first);
      box.x1 = Math.max(box.x1, last + 1);
      box.y0 = Math.min(box.y0, y);
      box.y1 = y + 1;
    }
  }
  return { box, runs: Int32Array.from(runs) };
}

/** Calls back for every run of pixels in a row; the last column is included. */
export function eachRun(
  { runs }: RegionSpans,
  visit: (y: number, first: number, last: number) => void,
): void {
  for (let k = 0; k < runs.length; k += 3) visit(runs[k]!, runs[k + 1]!, runs[k + 2]!);
}

function finely(points: PageRegion['points']): [number, number][] {
  return points.flatMap(([ax, ay], k) => {
    const [bx, by] = points[(k + 1) % points.length]!;
    const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / EDGE_PX));
    return Array.from({ length: steps }, (_, i): [number, number] => [
      ax + ((bx - ax) * i) / steps,
      ay + ((by - ay) * i) / steps,
    ]);
  });
}
