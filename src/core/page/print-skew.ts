import { boxMean } from '../image/box-mean.ts';
import type { Raster } from '../image/raster.ts';
import { reduceChannel } from '../image/reduce-channel.ts';

/** The picture is looked at no finer than this, pixels along its longer side. */
const LOOKED_AT_PX = 1200;
/**
 * What is darker than its surroundings of this radius, by this much of their light, is print, and on pale print what is by half
 * as much as most of it, if the noise of the paper seldom is; a margin of the picture is not looked at.
 */
const AROUND_PX = 12;
const DARKER = 0.18;
const PALE_SHARE = 0.5;
const NOISE_DEVIATIONS = 6;
/** Upper quartile of a normal distribution, in standard deviations. */
const QUARTILE = 0.674;
/** Surroundings darker than this share of the paper are no print: bars that hide names, borders, codes. */
const LIGHT_SURROUNDINGS = 0.75;
const MARGIN_PX = 8;
/** Print that covers more than this is none. */
const MOST_PRINT = 0.25;
const LEAST_POINTS = 500;
/** Points looked at, of all. */
const MOST_POINTS = 30_000;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Steps of an even spread over a square (the plastic number's powers; Roberts 2018, "The unreasonable effectiveness of quasirandom sequences"). */
const SPREAD = [0.7548776662, 0.569840291] as const;
/** Angles tried, degrees: as far as paper is laid crookedly, coarsely and around the best finely. */
const FURTHEST_DEGREES = 15;
const COARSE_DEGREES = 0.25;
const FINE_DEGREES = 0.04;
/** How far upright strokes may be turned against the baselines, degrees. */
const APART_DEGREES = 1;
/** How much sharper than at the usual angle lines must be at the best one to be believed. */
const CLEAR = 1.6;
const CLEAR_UPRIGHTS = 1.25;
/** What wander alone may turn baselines by, and what is not worth turning a page for, degrees. */
const WANDER_DEGREES = 0.6;
const LEAST_DEGREES = 0.3;

/**
 * How far the print of a picture without a grid is turned, degrees clockwise within +-15: where baselines and lines of text
 * fall together best, settled by upright strokes (legs of pulses, complexes, letters), which do not wander (projection
 * profiles; Postl 1986, "Detection of linear oblique structures and skew scan in digitized documents"). 0 where no angle
 * stands out. About 50 ms.
 */
export function printSkewDegrees(raster: Raster): number {
  const points = findPrint(raster);
  if (points === null) return 0;
  const { xs, ys, reach } = points;
  const bins = new Float64Array(2 * reach + 3);
  const level = (degrees: number): number => profileEnergy(ys, xs, -degrees, reach, bins);
  const upright = (degrees: number): number => profileEnergy(xs, ys, degrees, reach, bins);
  const angles = anglesAbout(0, FURTHEST_DEGREES, COARSE_DEGREES);
  const levels = angles.map(level);
  const uprights = angles.map(upright);
  const usualLevel = middle(levels);
  const usualUpright = middle(uprights);
  const coarse =
    angles[
      bestOf(
        angles.map((_, k) => Math.log(levels[k]! / usualLevel) + 0.5 * Math.log(uprights[k]! / usualUpright)),
      )
    ]!;
  const about = anglesAbout(coarse, APART_DEGREES, FINE_DEGREES);
  const fineUprights = about.map(upright);
  const sharpest = bestOf(fineUprights);
  const isInside = sharpest > 0 && sharpest + 1 < about.length;
  if (isInside && fineUprights[sharpest]! > CLEAR_UPRIGHTS * usualUpright)
    return worthTurning(about[sharpest]!);
  const fineLevels = about.map(level);
  const flattest = bestOf(fineLevels);
  const isClear = fineLevels[flattest]! > CLEAR * usualLevel && Math.abs(about[flattest]!) > WANDER_DEGREES;
  return isClear ? worthTurning(about[flattest]!) : 0;
}

function worthTurning(degrees: number): number {
  return Math.abs(degrees) < LEAST_DEGREES ? 0 : degrees;
}

function anglesAbout(centre: number, reach: number, step: number): number[] {
  const half = Math.round(reach / step);
  return Array.from({ length: 2 * half + 1 }, (_, k) => centre + (k - half) * step);
}

function bestOf(values: readonly number[]): number {
  return values.reduce((best, value, k) => (value > values[best]! ? k : best), 0);
}

function middle(values: ArrayLike<number>): number {
  return Float64Array.from(values).sort()[values.length >> 1]!;
}

interface Points {
  /** Places of dark pixels around the middle of the picture. */
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** No point is further from the middle. */
  readonly reach: number;
}

function findPrint(raster: Raster): Points | null {
  const factor = Math.max(1, Math.ceil(Math.max(raster.width, raster.height) / LOOKED_AT_PX));
  const light = reduceChannel(raster, factor, raster.channels === 3 ? 1 : 0);
  const around = boxMean(light, AROUND_PX);
  const { width, height } = light;
  const contrasts = around.data.map((level, at) => 1 - light.data[at]! / Math.max(1, level));
  const darker = printContrast(contrasts);
  const dim = LIGHT_SURROUNDINGS * middle(around.data);
  const found: number[] = [];
  for (let y = MARGIN_PX; y < height - MARGIN_PX; y++) {
    for (let x = MARGIN_PX; x < width - MARGIN_PX; x++) {
      const at = y * width + x;
      if (contrasts[at]! > darker && around.data[at]! > dim) found.push(at);
    }
  }
  if (found.length < LEAST_POINTS || found.length > MOST_PRINT * width * height) return null;
  // Not every n-th: that would be a pattern with lines of its own.
  const share = MOST_POINTS / found.length;
  const kept = found.filter((at) => (at * GOLDEN) % 1 < share);
  // Spread over their pixels: rows and columns of pixels would make lines of their own at 0 degrees.
  const xs = Float32Array.from(kept, (at, k) => (at % width) + ((k * SPREAD[0]) % 1) - width / 2);
  const ys = Float32Array.from(kept, (at, k) => Math.floor(at / width) + ((k * SPREAD[1]) % 1) - height / 2);
  return { xs, ys, reach: Math.ceil(Math.hypot(width, height) / 2) + 2 };
}

/** From which contrast a pixel is print. */
function printContrast(contrasts: Float32Array): number {
  const sorted = contrasts.toSorted();
  const noise = (sorted[(3 * sorted.length) >> 2]! - sorted[sorted.length >> 1]!) / QUARTILE;
  const above = sorted.findIndex((contrast) => contrast > NOISE_DEVIATIONS * noise);
  const usual = above < 0 ? DARKER : sorted[(above + sorted.length) >> 1]!;
  return Math.min(DARKER, Math.max(NOISE_DEVIATIONS * noise, PALE_SHARE * usual));
}

/** Sum of the squared steps between neighbouring lines of the profile of `us` turned by so many degrees. */
function profileEnergy(
  us: Float32Array,
  vs: Float32Array,
  degrees: number,
  reach: number,
  bins: Float64Array,
): number {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  bins.fill(0);
  for (let k = 0; k < us.length; k++) {
    const at = us[k]! * cos + vs[k]! * sin + reach;
    const line = Math.floor(at);
    const share = at - line;
    bins[line]! += 1 - share;
    bins[line + 1]! += share;
  }
  let sum = 0;
  for (let k = 1; k < bins.length; k++) sum += (bins[k]! - bins[k - 1]!) ** 2;
  return sum;
}
