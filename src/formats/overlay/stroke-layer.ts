import type { Raster } from '../../core/image/raster.ts';

/** RGB, 0..255 each. */
export type Colour = readonly [number, number, number];

/**
 * One layer of anti-aliased lines waiting to be laid over a picture: coverage per pixel, 0..255, and the box that was
 * touched. Overlapping strokes of one layer take the larger coverage, so that joints do not show.
 */
export interface StrokeLayer {
  readonly coverage: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Touched rows and columns, exclusive at the end; empty when `x1 <= x0`. */
  readonly dirty: { x0: number; y0: number; x1: number; y1: number };
}

/** An empty layer of a picture's size; reuse it, `blendLayer` empties it again. */
export function createStrokeLayer(width: number, height: number): StrokeLayer {
  return {
    coverage: new Uint8Array(width * height),
    width,
    height,
    dirty: { x0: width, y0: height, x1: 0, y1: 0 },
  };
}

/**
 * Draws a straight stroke with round ends; pixel centres at integers. What lies outside the layer is cut off, strokes
 * with a NaN end are left out. Cost: proportional to the area of the stroke.
 */
export function strokeLine(
  layer: StrokeLayer,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  widthPx: number,
): void {
  const reach = widthPx / 2 + 0.5;
  const y0 = Math.max(0, Math.ceil(Math.min(ay, by) - reach));
  const y1 = Math.min(layer.height - 1, Math.floor(Math.max(ay, by) + reach));
  const dx = bx - ax;
  const dy = by - ay;
  const length2 = dx * dx + dy * dy;
  // A NaN makes every comparison false, so nothing is drawn.
  if (!(y0 <= y1) || !(Math.abs(dx) < 1e6)) return;
  const x0 = Math.max(0, Math.ceil(Math.min(ax, bx) - reach));
  const x1 = Math.min(layer.width - 1, Math.floor(Math.max(ax, bx) + reach));
  if (!(x0 <= x1)) return;
  for (let y = y0; y <= y1; y++) {
    // Of an oblique line only the columns near it: the rest of its box is empty.
    let from = x0;
    let to = x1;
    if (dy > 1e-6 || dy < -1e-6) {
      const xa = ax + dx * Math.min(1, Math.max(0, (y - reach - ay) / dy));
      const xb = ax + dx * Math.min(1, Math.max(0, (y + reach - ay) / dy));
      from = Math.max(x0, Math.floor(Math.min(xa, xb) - reach));
      to = Math.min(x1, Math.ceil(Math.max(xa, xb) + reach));
    }
    for (let x = from; x <= to; x++) {
      const t = length2 > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2)) : 0;
      const ex = x - ax - t * dx;
      const ey = y - ay - t * dy;
      const cover = reach - Math.sqrt(ex * ex + ey * ey);
      if (cover <= 0) continue;
      const value = cover >= 1 ? 255 : Math.round(cover * 255);
      const at = y * layer.width + x;
      if (value > layer.coverage[at]!) layer.coverage[at] = value;
    }
  }
  const { dirty } = layer;
  if (x0 < dirty.x0) dirty.x0 = x0;
  if (y0 < dirty.y0) dirty.y0 = y0;
  if (x1 >= dirty.x1) dirty.x1 = x1 + 1;
  if (y1 >= dirty.y1) dirty.y1 = y1 + 1;
}

/** Draws a chain of points `x0, y0, x1, y1, ...`; NaN breaks it. */
export function strokePath(layer: StrokeLayer, points: Float32Array, widthPx: number): void {
  for (let i = 0; i + 3 < points.length; i += 2) {
    strokeLine(layer, points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!, widthPx);
  }
}

/** Lays the layer over an RGB picture of the same size in one colour and empties it. `opacity` 0..1. */
export function blendLayer(target: Raster, layer: StrokeLayer, colour: Colour, opacity: number): void {
  const { coverage, width, dirty } = layer;
  const [red, green, blue] = colour;
  const scale = opacity / 255;
  for (let y = dirty.y0; y < dirty.y1; y++) {
    for (let at = y * width + dirty.x0; at < y * width + dirty.x1; at++) {
      const cover = coverage[at]!;
      if (cover === 0) continue;
      coverage[at] = 0;
      const alpha = cover * scale;
      const o = 3 * at;
      target.data[o] = target.data[o]! + (red - target.data[o]!) * alpha;
      target.data[o + 1] = target.data[o + 1]! + (green - target.data[o + 1]!) * alpha;
      target.data[o + 2] = target.data[o + 2]! + (blue - target.data[o + 2]!) * alpha;
    }
  }
  dirty.x0 = layer.width;
  dirty.y0 = layer.height;
  dirty.x1 = 0;
  dirty.y1 = 0;
}
