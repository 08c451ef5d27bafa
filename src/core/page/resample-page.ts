import type { Raster } from '../image/raster.ts';
import type { WarpMap } from './rectification.ts';

const PHASES = 64;
const TAPS = catmullRomTable();

/**
 * Draws the canonical page in one Catmull-Rom interpolation of the original pixels. `warp` maps canonical pixels to
 * pixels of `source`; points that fall off the source take `paper`, one value per channel. About 110 ns per RGB pixel.
 */
export function resamplePage(
  source: Raster,
  warp: WarpMap,
  width: number,
  height: number,
  paper: readonly number[],
): Raster {
  const { channels, data } = source;
  const out = new Uint8Array(width * height * channels);
  const { columns, stepPx, xs, ys } = warp;
  const maxX = source.width - 1;
  const maxY = source.height - 1;
  const stride = source.width * channels;
  for (let y = 0; y < height; y++) {
    const j = Math.min(warp.rows - 2, Math.floor(y / stepPx));
    const b = y / stepPx - j;
    let to = y * width * channels;
    for (let x = 0; x < width; x++, to += channels) {
      const i = Math.min(columns - 2, Math.floor(x / stepPx));
      const a = x / stepPx - i;
      const at = j * columns + i;
      const below = at + columns;
      const sx =
        (1 - b) * (xs[at]! + a * (xs[at + 1]! - xs[at]!)) +
        b * (xs[below]! + a * (xs[below + 1]! - xs[below]!));
      const sy =
        (1 - b) * (ys[at]! + a * (ys[at + 1]! - ys[at]!)) +
        b * (ys[below]! + a * (ys[below + 1]! - ys[below]!));
      if (!(sx > -0.5 && sy > -0.5 && sx < maxX + 0.5 && sy < maxY + 0.5)) {
        for (let c = 0; c < channels; c++) out[to + c] = paper[c]!;
        continue;
      }
      const ix = Math.floor(sx);
      const iy = Math.floor(sy);
      const tx = (((sx - ix) * PHASES + 0.5) | 0) * 4;
      const ty = (((sy - iy) * PHASES + 0.5) | 0) * 4;
      if (ix >= 1 && iy >= 1 && ix < maxX - 1 && iy < maxY - 1) {
        const from = (iy - 1) * stride + (ix - 1) * channels;
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (let r = 0, row = from + c; r < 4; r++, row += stride) {
            sum +=
              TAPS[ty + r]! *
              (TAPS[tx]! * data[row]! +
                TAPS[tx + 1]! * data[row + channels]! +
                TAPS[tx + 2]! * data[row + 2 * channels]! +
                TAPS[tx + 3]! * data[row + 3 * channels]!);
          }
          out[to + c] = sum <= 0 ? 0 : sum >= 255 ? 255 : sum + 0.5;
        }
      } else {
        const nx = Math.max(0, Math.min(maxX, Math.round(sx)));
        const ny = Math.max(0, Math.min(maxY, Math.round(sy)));
        for (let c = 0; c < channels; c++) out[to + c] = data[ny * stride + nx * channels + c]!;
      }
    }
  }
  return { data: out, width, height, channels };
}

function catmullRomTable(): Float32Array {
  const table = new Float32Array((PHASES + 1) * 4);
  for (let p = 0; p <= PHASES; p++) {
    const t = p / PHASES;
    table[4 * p] = 0.5 * (-t * t * t + 2 * t * t - t);
    table[4 * p + 1] = 0.5 * (3 * t * t * t - 5 * t * t + 2);
    table[4 * p + 2] = 0.5 * (-3 * t * t * t + 4 * t * t + t);
    table[4 * p + 3] = 0.5 * (t * t * t - t * t);
  }
  return table;
}
