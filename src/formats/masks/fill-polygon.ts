import { trimMask, type MaskWindow } from '../../core/mask/mask-window.ts';
import type { PictureSize } from './run-lengths.ts';
import type { Polygon } from './trace-outline.ts';
import { ascending } from '../../shared/ascending.ts';

/**
 * The pixels whose centres lie inside of polygons by the even-odd rule; whole numbers are corners of pixels. What lies
 * outside of the picture is left out.
 */
export function fillPolygons(polygons: readonly Polygon[], { width, height }: PictureSize): MaskWindow {
  const points = polygons.flat();
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));
  const y0 = clamp(Math.floor(Math.min(...range(points, 1))), height);
  const y1 = clamp(Math.ceil(Math.max(...range(points, 1))), height);
  const x0 = clamp(Math.floor(Math.min(...range(points, 0))), width);
  const x1 = clamp(Math.ceil(Math.max(...range(points, 0))), width);
  if (!(x1 > x0 && y1 > y0)) return trimMask({ x0: 0, y0: 0, width: 0, height: 0, data: new Uint8Array(0) });
  const crossings: number[][] = Array.from({ length: y1 - y0 }, () => []);
  for (const polygon of polygons) {
    polygon.forEach(([ax, ay], i) => {
      const [bx, by] = polygon[(i + 1) % polygon.length]!;
      if (ay === by) return;
      const [topX, topY, lowX, lowY] = ay < by ? [ax, ay, bx, by] : [bx, by, ax, ay];
      const first = Math.max(y0, Math.ceil(topY - 0.5));
      for (let y = first; y < y1 && y + 0.5 < lowY; y++) {
        crossings[y - y0]!.push(topX + ((y + 0.5 - topY) / (lowY - topY)) * (lowX - topX));
      }
    });
  }
  const data = new Uint8Array((x1 - x0) * (y1 - y0));
  crossings.forEach((xs, row) => {
    xs.sort(ascending);
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const from = Math.max(x0, Math.ceil(xs[i]! - 0.5));
      const to = Math.min(x1, Math.ceil(xs[i + 1]! - 0.5));
      if (to > from) data.fill(1, row * (x1 - x0) + from - x0, row * (x1 - x0) + to - x0);
    }
  });
  return trimMask({ x0, y0, width: x1 - x0, height: y1 - y0, data });
}

/** Least and greatest of a coordinate. */
function range(points: Polygon, axis: 0 | 1): [number, number] {
  let least = Infinity;
  let most = -Infinity;
  for (const point of points) {
    least = Math.min(least, point[axis]);
    most = Math.max(most, point[axis]);
  }
  return [least, most];
}
