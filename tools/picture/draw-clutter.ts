import { between, gaussian, type Rng } from './random-numbers.ts';

/** Where the print lies on a canvas. */
export interface Bounds {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** A wandering line with a spike or two through or past the word. */
export function drawTrace(
  canvas: Float32Array,
  width: number,
  height: number,
  box: Bounds,
  cap: number,
  stroke: number,
  rng: Rng,
): void {
  const through = rng() < 0.5;
  const middle = (box.y0 + box.y1) / 2;
  let y = through
    ? middle + cap * between(rng, -0.7, 0.7)
    : middle + cap * (rng() < 0.5 ? 1 : -1) * between(rng, 0.8, 1.5);
  const spikeAt = box.x0 + (box.x1 - box.x0) * between(rng, -0.5, 1.5);
  const spike = rng() < 0.5 ? cap * between(rng, -4, 4) : 0;
  const spikeWidth = cap * between(rng, 0.15, 0.6);
  const slope = between(rng, -0.15, 0.15);
  let previousX = 0;
  let previousY = y;
  for (let x = 0; x <= width; x += Math.max(1, cap / 12)) {
    y += slope + 0.06 * cap * gaussian(rng) * 0.3;
    const bump = spike * Math.max(0, 1 - Math.abs(x - spikeAt) / spikeWidth);
    line(canvas, width, height, previousX, previousY, x, y + bump, stroke);
    previousX = x;
    previousY = y + bump;
  }
}

/** An upright stroke beside the print, as separators are. */
export function drawBar(
  canvas: Float32Array,
  width: number,
  height: number,
  box: Bounds,
  cap: number,
  rng: Rng,
): void {
  const x = rng() < 0.8 ? box.x0 - cap * between(rng, 0, 0.7) : box.x1 + cap * between(rng, 0.1, 0.7);
  const y = (box.y0 + box.y1) / 2 + cap * between(rng, -1.5, 1.5);
  const half = cap * between(rng, 0.4, 1.6);
  line(canvas, width, height, x, y - half, x, y + half, cap * between(rng, 0.05, 0.3));
}

/** Grid lines that were taken away leave thin gaps; dust adds specks. */
export function damage(canvas: Float32Array, width: number, height: number, cap: number, rng: Rng): void {
  const pitch = cap * between(rng, 0.25, 0.8);
  const keep = between(rng, 0.2, 0.9);
  const thickness = Math.max(1, 0.06 * cap);
  for (let at = rng() * pitch; at < height; at += pitch) {
    for (let y = Math.floor(at); y < Math.min(height, at + thickness); y++) {
      for (let x = 0; x < width; x++) canvas[y * width + x] *= keep;
    }
  }
  for (let at = rng() * pitch; at < width; at += pitch) {
    for (let x = Math.floor(at); x < Math.min(width, at + thickness); x++) {
      for (let y = 0; y < height; y++) canvas[y * width + x] *= keep;
    }
  }
  const specks = Math.floor(rng() * 12);
  for (let k = 0; k < specks; k++) {
    canvas[Math.floor(rng() * width * height)] = rng();
  }
}

/** Draws a round-ended stroke of `thickness` from (x0, y0) to (x1, y1). */
function line(
  canvas: Float32Array,
  width: number,
  height: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  thickness: number,
): void {
  const r = thickness / 2;
  const dx = x1 - x0;
  const dy = y1 - y0;
  const square = dx * dx + dy * dy;
  for (
    let y = Math.max(0, Math.floor(Math.min(y0, y1) - r - 1));
    y < Math.min(height, Math.max(y0, y1) + r + 2);
    y++
  ) {
    for (
      let x = Math.max(0, Math.floor(Math.min(x0, x1) - r - 1));
      x < Math.min(width, Math.max(x0, x1) + r + 2);
      x++
    ) {
      const t =
        square > 0 ? Math.min(1, Math.max(0, ((x + 0.5 - x0) * dx + (y + 0.5 - y0) * dy) / square)) : 0;
      const distance = Math.hypot(x + 0.5 - x0 - t * dx, y + 0.5 - y0 - t * dy);
      const value = Math.min(1, Math.max(0, r - distance + 0.5));
      if (value > canvas[y * width + x]) canvas[y * width + x] = value;
    }
  }
}
