import type { MaskWindow } from '../../core/mask/mask-window.ts';

/** A polygon; whole numbers are corners of pixels: pixel (x, y) reaches from x to x + 1. */
export type Polygon = readonly (readonly [x: number, y: number])[];

/**
 * Outlines of a mask along the edges of its pixels, outer ones clockwise on the screen, holes the other way round, each from
 * its first corner in reading order; points in the middle of straight stretches are left out.
 */
export function traceOutlines(mask: MaskWindow): Polygon[] {
  const { x0, y0, width, height, data } = mask;
  const stride = width + 1;
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : data[y * width + x]!;
  // Bit d: an edge leaves this corner to the right, down, left or up, the mask on its right-hand side.
  const edges = new Uint8Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      if (at(x, y - 1) === 0) edges[y * stride + x]! |= 1;
      if (at(x + 1, y) === 0) edges[y * stride + x + 1]! |= 2;
      if (at(x, y + 1) === 0) edges[(y + 1) * stride + x + 1]! |= 4;
      if (at(x - 1, y) === 0) edges[(y + 1) * stride + x]! |= 8;
    }
  }
  const steps = [1, stride, -1, -stride];
  const outlines: Polygon[] = [];
  for (let start = 0; start < edges.length; start++) {
    while (edges[start] !== 0) {
      const corners: [number, number][] = [];
      let corner = start;
      let direction = -1;
      do {
        const out = edges[corner]!;
        // Where two pixels touch at a corner the sharper turn keeps them apart.
        const next =
          direction < 0
            ? Math.log2(out & -out)
            : [1, 0, 3].map((t) => (direction + t) & 3).find((d) => out & (1 << d))!;
        edges[corner]! &= ~(1 << next);
        if (next !== direction) corners.push([x0 + (corner % stride), y0 + Math.floor(corner / stride)]);
        direction = next;
        corner += steps[next]!;
      } while (corner !== start);
      outlines.push(corners);
    }
  }
  return outlines;
}

/**
 * One polygon for a whole mask: its outlines, joined by seams that are walked there and back, so that they enclose nothing
 * and filling by the even-odd rule gives the mask again, holes and all.
 */
export function toSinglePolygon(mask: MaskWindow): Polygon {
  const outlines = [...traceOutlines(mask)].sort((a, b) => a[0]![0] - b[0]![0] || a[0]![1] - b[0]![1]);
  const starts = outlines.map((outline) => outline[0]!);
  if (outlines.length < 2) return outlines[0] ?? [];
  const there = outlines.flatMap((outline) => [...outline, outline[0]!]);
  return [...there, ...starts.slice(0, -1).reverse()];
}
