import type { Raster } from '../image/raster.ts';
import { perceptualHash } from './perceptual-hash.ts';

/** What the pixels of a page tell at a glance. */
export interface RasterLook {
  /** `bilevel`: hardly anything between black and white. */
  readonly colour: 'colour' | 'gray' | 'bilevel';
  /** Mean brightness and its standard deviation, 0..255. */
  readonly brightness: number;
  readonly contrast: number;
  /** Standard deviation of the Laplacian over the contrast: edges are crisp above about 0.5, washed out below 0.1. */
  readonly sharpness: number;
  /** See `perceptualHash`. */
  readonly hash: string;
}

/** Mean difference of the channels from which a page counts as coloured, and share of middle grays that is none. */
const COLOURED = 2.5;
const FEW_GRAYS = 0.02;
/** Every so many pixels are looked at; the Laplacian always takes true neighbours. */
const STEP = 3;

/** Looks at the pixels of a page; 20 ms for 2200x1700. */
export function lookAtRaster(raster: Raster): RasterLook {
  const { data, width, height, channels } = raster;
  const at = (i: number) =>
    channels === 1 ? data[i]! : (77 * data[3 * i]! + 150 * data[3 * i + 1]! + 29 * data[3 * i + 2]!) / 256;
  let count = 0;
  let sum = 0;
  let squares = 0;
  let chroma = 0;
  let middle = 0;
  let edges = 0;
  let edgeSquares = 0;
  for (let y = 1; y < height - 1; y += STEP) {
    for (let x = 1; x < width - 1; x += STEP) {
      const i = y * width + x;
      const value = at(i);
      count++;
      sum += value;
      squares += value * value;
      if (value > 40 && value < 215) middle++;
      if (channels === 3) {
        const [r, g, b] = [data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!];
        chroma += Math.max(r, g, b) - Math.min(r, g, b);
      }
      const laplacian = at(i - 1) + at(i + 1) + at(i - width) + at(i + width) - 4 * value;
      edges += laplacian;
      edgeSquares += laplacian * laplacian;
    }
  }
  const n = Math.max(1, count);
  const contrast = Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
  const roughness = Math.sqrt(Math.max(0, edgeSquares / n - (edges / n) ** 2));
  return {
    colour: chroma / n > COLOURED ? 'colour' : middle / n < FEW_GRAYS ? 'bilevel' : 'gray',
    brightness: sum / n,
    contrast,
    sharpness: contrast > 0 ? roughness / contrast : 0,
    hash: perceptualHash(raster),
  };
}
