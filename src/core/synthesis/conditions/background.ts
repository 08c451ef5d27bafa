import type { Rgb } from '../page/page-options.ts';
import type { Random } from '../random.ts';
import { createSmoothNoise } from '../smooth-noise.ts';
import type { DeskTexture } from './page-conditions.ts';

/** Writes the colour seen beside the paper at a pixel of the picture to `data[p..p + 2]`. */
export type Background = (x: number, y: number, data: Uint8Array, p: number) => void;

/** A background of one colour. */
export function plainBackground([r, g, b]: Rgb): Background {
  return (_x, _y, data, p) => {
    data[p] = r;
    data[p + 1] = g;
    data[p + 2] = b;
  };
}

/** A desk of some material; `sizePx` is the longer side of the picture. */
export function createBackground(
  colour: Rgb,
  texture: DeskTexture,
  sizePx: number,
  random: Random,
): Background {
  if (texture === 'plain') return plainBackground(colour);
  const contrast = random.uniform(0.1, 0.45);
  const unit = sizePx / 1000;
  const turned = random.chance(0.5);
  const shade = shadeOf(texture, unit, random);
  return (x, y, data, p) => {
    const factor = 1 + contrast * (turned ? shade(y, x) : shade(x, y));
    for (let c = 0; c < 3; c++) data[p + c] = Math.min(255, Math.max(0, colour[c]! * factor));
  };
}

function shadeOf(texture: DeskTexture, unit: number, random: Random): (x: number, y: number) => number {
  if (texture === 'wood') {
    const grain = createSmoothNoise(random, 5 * unit);
    const sway = createSmoothNoise(random, 160 * unit);
    return (x, y) => grain(x * 0.04, y + 18 * unit * sway(x, y));
  }
  if (texture === 'cloth') {
    const k = (2 * Math.PI) / (random.uniform(3, 9) * unit);
    const fold = createSmoothNoise(random, 120 * unit);
    return (x, y) => 0.4 * Math.sin(k * x) * Math.sin(k * y) + 0.7 * fold(x, y);
  }
  const speck = createSmoothNoise(random, 3 * unit);
  const cloud = createSmoothNoise(random, 40 * unit);
  return (x, y) => 0.7 * speck(x, y) + 0.5 * cloud(x, y);
}
