import type { Box } from '../image/raster.ts';
import type { WarpMap } from '../page/rectification.ts';
import { canonicalToImage } from '../page/warp-map.ts';

/** A point in image pixels, rounded to a tenth: what a page view can show. */
export type ImagePoint = [number, number];

const STEPS_PER_EDGE = 8;

/**
 * Outline in image pixels of a box in canonical pixels: a polygon with eight points an edge, so that it follows paper
 * that is bent.
 */
export function imageOutline(warp: WarpMap, { x0, y0, x1, y1 }: Box): ImagePoint[] {
  const corners: ImagePoint[] = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
  return corners.flatMap(([fromX, fromY], i) => {
    const [toX, toY] = corners[(i + 1) % 4]!;
    return Array.from({ length: STEPS_PER_EDGE }, (_, k): ImagePoint => {
      const t = k / STEPS_PER_EDGE;
      const [x, y] = canonicalToImage(warp, fromX + t * (toX - fromX), fromY + t * (toY - fromY));
      return [tenth(x), tenth(y)];
    });
  });
}

/** Rounds to a tenth of a pixel, which halves the size of the answer. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
