import type { Raster } from './raster.ts';

/** Where the pixels of a warped raster come from, see `WarpMap`. */
export interface WarpNodes {
  readonly stepPx: number;
  readonly columns: number;
  readonly rows: number;
  readonly xs: Float32Array;
  readonly ys: Float32Array;
}

/** Sub-pixel positions are rounded to 1 / PHASES of a pixel to look their kernel weights up. */
const PHASES = 512;
const KERNEL = catmullRom();

/**
 * Draws `source` through a node map into a `width x height` raster with one Catmull-Rom interpolation per pixel. Positions
 * outside of the source take the colour `fill` (one value per channel), those within a pixel of its border the nearest
 * source pixels. About 60 ns per RGB pixel.
 */
export function warpRaster(
  source: Raster,
  nodes: WarpNodes,
  width: number,
  height: number,
  fill: readonly number[],
): Raster {
  const { channels } = source;
  const out = { data: new Uint8Array(width * height * channels), width, height, channels };
  const rowX = new Float64Array(nodes.columns);
  const rowY = new Float64Array(nodes.columns);
  for (let y = 0; y < height; y++) {
    placeRow(nodes, y / nodes.stepPx, rowX, rowY);
    warpRow(source, out, y, nodes.stepPx, rowX, rowY, fill);
  }
  return out;
}

/** Where the nodes of a row lie in the source, `v` rows of nodes down. */
function placeRow(nodes: WarpNodes, v: number, rowX: Float64Array, rowY: Float64Array): void {
  const j = Math.min(nodes.rows - 2, Math.floor(v));
  const b = v - j;
  for (let i = 0, at = j * nodes.columns; i < nodes.columns; i++, at++) {
    rowX[i] = (nodes.xs[at] as number) * (1 - b) + (nodes.xs[at + nodes.columns] as number) * b;
    rowY[i] = (nodes.ys[at] as number) * (1 - b) + (nodes.ys[at + nodes.columns] as number) * b;
  }
}

function warpRow(
  source: Raster,
  { data, width, channels }: Raster,
  y: number,
  stepPx: number,
  rowX: Float64Array,
  rowY: Float64Array,
  fill: readonly number[],
): void {
  const last = rowX.length - 2;
  for (let i = 0; i <= last; i++) {
    const from = Math.ceil(i * stepPx);
    const to = i === last ? width : Math.min(width, Math.ceil((i + 1) * stepPx));
    const stepX = ((rowX[i + 1] as number) - (rowX[i] as number)) / stepPx;
    const stepY = ((rowY[i + 1] as number) - (rowY[i] as number)) / stepPx;
    const startX = (rowX[i] as number) - i * stepPx * stepX;
    const startY = (rowY[i] as number) - i * stepPx * stepY;
    if (channels === 3)
      stretchRgb(source, data, (y * width + from) * 3, from, to, startX, stepX, startY, stepY, fill);
    else stretchGray(source, data, y * width + from, from, to, startX, stepX, startY, stepY, fill);
  }
}

function stretchRgb(
  source: Raster,
  out: Uint8Array,
  at: number,
  from: number,
  to: number,
  startX: number,
  stepX: number,
  startY: number,
  stepY: number,
  fill: readonly number[],
): void {
  const { data, width, height } = source;
  const pitch = width * 3;
  for (let x = from; x < to; x++, at += 3) {
    const px = startX + x * stepX;
    const py = startY + x * stepY;
    const ix = Math.floor(px);
    const iy = Math.floor(py);
    const kx = (((px - ix) * PHASES + 0.5) | 0) * 4;
    const ky = (((py - iy) * PHASES + 0.5) | 0) * 4;
    if (ix < 1 || iy < 1 || ix >= width - 2 || iy >= height - 2) {
      if (!(px > -0.5 && py > -0.5 && px < width - 0.5 && py < height - 0.5)) {
        out[at] = fill[0] as number;
        out[at + 1] = fill[1] as number;
        out[at + 2] = fill[2] as number;
        continue;
      }
      for (let c = 0; c < 3; c++) out[at + c] = sampleBorder(source, ix, iy, kx, ky, c);
      continue;
    }
    const w0 = KERNEL[kx] as number;
    const w1 = KERNEL[kx + 1] as number;
    const w2 = KERNEL[kx + 2] as number;
    const w3 = KERNEL[kx + 3] as number;
    const v0 = KERNEL[ky]!;
    const v1 = KERNEL[ky + 1]!;
    const v2 = KERNEL[ky + 2]!;
    const v3 = KERNEL[ky + 3]!;
    const a = (iy - 1) * pitch + (ix - 1) * 3;
    const b = a + pitch;
    const c = b + pitch;
    const d = c + pitch;
    const red =
      0.5 +
      v0 * (w0 * data[a]! + w1 * data[a + 3]! + w2 * data[a + 6]! + w3 * data[a + 9]!) +
      v1 * (w0 * data[b]! + w1 * data[b + 3]! + w2 * data[b + 6]! + w3 * data[b + 9]!) +
      v2 * (w0 * data[c]! + w1 * data[c + 3]! + w2 * data[c + 6]! + w3 * data[c + 9]!) +
      v3 * (w0 * data[d]! + w1 * data[d + 3]! + w2 * data[d + 6]! + w3 * data[d + 9]!);
    const green =
      0.5 +
      v0 * (w0 * data[a + 1]! + w1 * data[a + 4]! + w2 * data[a + 7]! + w3 * data[a + 10]!) +
      v1 * (w0 * data[b + 1]! + w1 * data[b + 4]! + w2 * data[b + 7]! + w3 * data[b + 10]!) +
      v2 * (w0 * data[c + 1]! + w1 * data[c + 4]! + w2 * data[c + 7]! + w3 * data[c + 10]!) +
      v3 * (w0 * data[d + 1]! + w1 * data[d + 4]! + w2 * data[d + 7]! + w3 * data[d + 10]!);
    const blue =
      0.5 +
      v0 * (w0 * data[a + 2]! + w1 * data[a + 5]! + w2 * data[a + 8]! + w3 * data[a + 11]!) +
      v1 * (w0 * data[b + 2]! + w1 * data[b + 5]! + w2 * data[b + 8]! + w3 * data[b + 11]!) +
      v2 * (w0 * data[c + 2]! + w1 * data[c + 5]! + w2 * data[c + 8]! + w3 * data[c + 11]!) +
      v3 * (w0 * data[d + 2]! + w1 * data[d + 5]! + w2 * data[d + 8]! + w3 * data[d + 11]!);
    out[at] = red < 0 ? 0 : red > 255 ? 255 : red;
    out[at + 1] = green < 0 ? 0 : green > 255 ? 255 : green;
    out[at + 2] = blue < 0 ? 0 : blue > 255 ? 255 : blue;
  }
}

function stretchGray(
  source: Raster,
  out: Uint8Array,
  at: number,
  from: number,
  to: number,
  startX: number,
  stepX: number,
  startY: number,
  stepY: number,
  fill: readonly number[],
): void {
  const { data, width, height } = source;
  for (let x = from; x < to; x++, at++) {
    const px = startX + x * stepX;
    const py = startY + x * stepY;
    const ix = Math.floor(px);
    const iy = Math.floor(py);
    const kx = (((px - ix) * PHASES + 0.5) | 0) * 4;
    const ky = (((py - iy) * PHASES + 0.5) | 0) * 4;
    if (ix < 1 || iy < 1 || ix >= width - 2 || iy >= height - 2) {
      const inside = px > -0.5 && py > -0.5 && px < width - 0.5 && py < height - 0.5;
      out[at] = inside ? sampleBorder(source, ix, iy, kx, ky, 0) : (fill[0] as number);
      continue;
    }
    let sum = 0.5;
    let p = (iy - 1) * width + ix - 1;
    for (let dy = 0; dy < 4; dy++, p += width) {
      sum +=
        (KERNEL[ky + dy] as number) *
        (KERNEL[kx]! * data[p]! +
          KERNEL[kx + 1]! * data[p + 1]! +
          KERNEL[kx + 2]! * data[p + 2]! +
          KERNEL[kx + 3]! * data[p + 3]!);
    }
    out[at] = sum < 0 ? 0 : sum > 255 ? 255 : sum;
  }
}

function sampleBorder(
  source: Raster,
  ix: number,
  iy: number,
  kx: number,
  ky: number,
  channel: number,
): number {
  const { data, width, height, channels } = source;
  let sum = 0.5;
  for (let dy = 0; dy < 4; dy++) {
    const y = Math.max(0, Math.min(height - 1, iy - 1 + dy));
    for (let dx = 0; dx < 4; dx++) {
      const x = Math.max(0, Math.min(width - 1, ix - 1 + dx));
      const weight = (KERNEL[ky + dy] as number) * (KERNEL[kx + dx] as number);
      sum += weight * (data[(y * width + x) * channels + channel] as number);
    }
  }
  return sum < 0 ? 0 : sum > 255 ? 255 : sum;
}

function catmullRom(): Float64Array {
  const table = new Float64Array(4 * (PHASES + 1));
  for (let phase = 0; phase <= PHASES; phase++) {
    const t = phase / PHASES;
    table[4 * phase] = 0.5 * (-t + 2 * t * t - t * t * t);
    table[4 * phase + 1] = 0.5 * (2 - 5 * t * t + 3 * t * t * t);
    table[4 * phase + 2] = 0.5 * (t + 4 * t * t - 3 * t * t * t);
    table[4 * phase + 3] = 0.5 * (-t * t + t * t * t);
  }
  return table;
}
