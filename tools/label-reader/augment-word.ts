import { normaliseWord } from '../../src/core/lead/normalise-word.ts';
import type { WordPicture } from './render-words.ts';

type Rng = () => number;

const between = (rng: Rng, a: number, b: number): number => a + (b - a) * rng();

/** Standard normal deviate. */
function gaussian(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(rng() + 1e-12)) * Math.cos(2 * Math.PI * rng());
}

/**
 * One training picture: the word at the size, slant, blur and damage of a scan, in half of the cases crossed by trace
 * or next to a separator, then cut out the way the product cuts words out (with a box that is a little wrong).
 */
export function augmentWord(word: WordPicture | null, rng: Rng): Float32Array {
  const cap = Math.exp(between(rng, Math.log(7), Math.log(34)));
  const scale = word ? cap / word.capPx : 1;
  const stretch = between(rng, 0.8, 1.2);
  const shear = rng() < 0.5 ? 0 : between(rng, -0.12, 0.12);
  const turn = rng() < 0.4 ? 0 : between(rng, -0.05, 0.05);
  const drawnWidth = word ? word.width * scale * stretch : cap * between(rng, 0.3, 3);
  const drawnHeight = word ? word.height * scale : cap * between(rng, 0.8, 1.2);
  const margin = Math.ceil(1.6 * cap);
  const width = Math.ceil(drawnWidth + 2 * margin + 2 * cap);
  const height = Math.ceil(drawnHeight + 2 * margin);
  let canvas = new Float32Array(width * height);
  const left = margin + rng();
  const top = margin + rng();
  if (word) drawWord(canvas, width, height, word, left, top, scale * stretch, scale, shear, turn, rng);
  const box = tightBox(canvas, width, height) ?? {
    x0: left,
    y0: top,
    x1: left + drawnWidth,
    y1: top + drawnHeight,
  };
  const clutter = word ? rng() : 0.2 + 0.8 * rng();
  const stroke = cap * between(rng, 0.06, 0.18);
  if (clutter > 0.5) drawTrace(canvas, width, height, box, cap, stroke, rng);
  if (clutter > 0.35 && rng() < 0.35) drawBar(canvas, width, height, box, cap, rng);
  if (rng() < 0.4) damage(canvas, width, height, cap, rng);
  canvas = blur(canvas, width, height, between(rng, 0.25, 0.4 + 0.05 * cap));
  const gain = between(rng, 0.7, 1.5);
  const noise = rng() < 0.5 ? between(rng, 0, 0.12) : 0;
  for (let k = 0; k < canvas.length; k++) {
    canvas[k] = Math.min(1, Math.max(0, canvas[k] * gain + noise * gaussian(rng)));
  }
  const loose = clutter > 0.35 ? 0.14 : 0.05;
  const h = box.y1 - box.y0;
  return normaliseWord(
    { data: canvas, width, height },
    {
      x0: box.x0 + h * between(rng, -1.6 * loose, loose),
      x1: box.x1 + h * between(rng, -loose, 2 * loose),
      y0: box.y0 + h * between(rng, -loose, loose),
      y1: box.y1 + h * between(rng, -loose, loose),
    },
  );
}

function drawWord(
  canvas: Float32Array,
  width: number,
  height: number,
  word: WordPicture,
  left: number,
  top: number,
  scaleX: number,
  scaleY: number,
  shear: number,
  turn: number,
  rng: Rng,
): void {
  const samples = Math.min(4, Math.max(1, Math.ceil(1 / scaleY)));
  const weight = between(rng, 0.85, 1.15);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let b = 0; b < samples; b++) {
        for (let a = 0; a < samples; a++) {
          const px = x + (a + 0.5) / samples - left;
          const py = y + (b + 0.5) / samples - top;
          const v = Math.floor((py - turn * px) / scaleY);
          const u = Math.floor((px + shear * (py - word.height * scaleY)) / scaleX);
          if (u >= 0 && v >= 0 && u < word.width && v < word.height) sum += word.data[v * word.width + u];
        }
      }
      canvas[y * width + x] = Math.min(1, (weight * sum) / (samples * samples));
    }
  }
}

function tightBox(
  canvas: Float32Array,
  width: number,
  height: number,
): { x0: number; y0: number; x1: number; y1: number } | null {
  let x0 = width;
  let x1 = 0;
  let y0 = height;
  let y1 = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (canvas[y * width + x] < 0.35) continue;
      if (x < x0) x0 = x;
      if (x + 1 > x1) x1 = x + 1;
      if (y < y0) y0 = y;
      if (y + 1 > y1) y1 = y + 1;
    }
  }
  return x1 > x0 ? { x0, y0, x1, y1 } : null;
}

interface Bounds {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** A wandering line with a spike or two through or past the word. */
function drawTrace(
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

function drawBar(
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
function damage(canvas: Float32Array, width: number, height: number, cap: number, rng: Rng): void {
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

function blur(canvas: Float32Array, width: number, height: number, sigma: number): Float32Array<ArrayBuffer> {
  const radius = Math.max(1, Math.ceil(2.5 * sigma));
  const kernel = new Float32Array(2 * radius + 1);
  let total = 0;
  for (let k = -radius; k <= radius; k++)
    total += kernel[k + radius] = Math.exp((-k * k) / (2 * sigma * sigma));
  const across = new Float32Array(width * height);
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = -radius; k <= radius; k++) {
        const u = x + k;
        if (u >= 0 && u < width) sum += canvas[y * width + u] * kernel[k + radius];
      }
      across[y * width + x] = sum / total;
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = -radius; k <= radius; k++) {
        const v = y + k;
        if (v >= 0 && v < height) sum += across[v * width + x] * kernel[k + radius];
      }
      out[y * width + x] = sum / total;
    }
  }
  return out;
}
