import { boxMean } from '../image/box-mean.ts';
import type { Raster } from '../image/raster.ts';
import { reduceChannel } from '../image/reduce-channel.ts';
import { findInkComponents } from '../lead/ink-components.ts';

/** The picture is looked at no finer than this, pixels along its longer side: specks of a pixel would fade. */
const LOOKED_AT_PX = 2600;
const AROUND_PX = 12;
/** What is darker than its surroundings by this share is print; on noisy paper by so many deviations, and by no more than that. */
const DARKER = 0.1;
const NOISE_DEVIATIONS = 6;
const DARK_ENOUGH = 0.3;
/** Upper quartile of a normal distribution, in standard deviations. */
const QUARTILE = 0.674;
/** Specks are pieces of ink no longer and no thicker than this, pixels, and off the edges of the picture. */
const LONGEST_PX = 16;
export const THICKEST_PX = 3;
const MARGIN_PX = 8;
/** Specks in a square of three cells of this size share one voice: the pieces of a broken stroke stand together. */
const CELL_PX = 8;

/** Small pieces of ink, by their middles in pixels from the middle of the picture they were looked at in. */
export interface Specks {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** How wide and how high they are, pixels. */
  readonly widths: Float64Array;
  readonly heights: Float64Array;
  /** 1 for one that stands alone, 1 / n where n stand together. */
  readonly weights: Float64Array;
  /** Size of that picture, and by how much it was reduced. */
  readonly width: number;
  readonly height: number;
  readonly factor: number;
}

/** Finds the small pieces of ink on a page. About 200 ms for 2200x1700 pixels. */
export function findSpecks(raster: Raster): Specks {
  const factor = Math.max(1, Math.ceil(Math.max(raster.width, raster.height) / LOOKED_AT_PX));
  const light = reduceChannel(raster, factor, raster.channels === 3 ? 1 : 0);
  const { width, height } = light;
  const around = boxMean(light, AROUND_PX).data;
  const data = light.data.map((level, at) => 1 - level / Math.max(1, around[at]!));
  const pieces = findInkComponents({ data, width, height }, printContrast(data));
  const xs: number[] = [];
  const ys: number[] = [];
  const widths: number[] = [];
  const heights: number[] = [];
  for (let k = 0; k < pieces.count; k++) {
    const across = pieces.x1[k]! - pieces.x0[k]!;
    const down = pieces.y1[k]! - pieces.y0[k]!;
    if (Math.min(across, down) > THICKEST_PX || Math.max(across, down) > LONGEST_PX) continue;
    const x = (pieces.x0[k]! + pieces.x1[k]! - 1) / 2;
    const y = (pieces.y0[k]! + pieces.y1[k]! - 1) / 2;
    if (Math.min(x, width - 1 - x) < MARGIN_PX || Math.min(y, height - 1 - y) < MARGIN_PX) continue;
    xs.push(x - (width - 1) / 2);
    ys.push(y - (height - 1) / 2);
    widths.push(across);
    heights.push(down);
  }
  return {
    xs: Float64Array.from(xs),
    ys: Float64Array.from(ys),
    widths: Float64Array.from(widths),
    heights: Float64Array.from(heights),
    weights: voices(xs, ys, width),
    width,
    height,
    factor,
  };
}

/** From which contrast a pixel is ink. */
function printContrast(contrasts: Float32Array): number {
  const sorted = contrasts.toSorted();
  const noise = (sorted[(3 * sorted.length) >> 2]! - sorted[sorted.length >> 1]!) / QUARTILE;
  return Math.max(DARKER, Math.min(DARK_ENOUGH, NOISE_DEVIATIONS * noise));
}

function voices(xs: readonly number[], ys: readonly number[], width: number): Float64Array {
  const stride = Math.ceil(width / CELL_PX) + 4;
  const cells = xs.map((x, k) => Math.floor(ys[k]! / CELL_PX) * stride + Math.floor(x / CELL_PX));
  const counts = new Map<number, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return Float64Array.from(cells, (cell) => {
    let near = 0;
    for (const dy of [-stride, 0, stride]) {
      for (const dx of [-1, 0, 1]) near += counts.get(cell + dy + dx) ?? 0;
    }
    return 1 / near;
  });
}
