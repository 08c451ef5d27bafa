import type { FloatRaster } from '../image/raster.ts';
import {
  addAnchor,
  addPrior,
  addStroke,
  createNormal,
  type NormalEquations,
  solveNormal,
} from './stroke-normal.ts';
import type { Pen } from './pen.ts';

export interface RefineOptions {
  /** 1 for columns (from `x0`) whose ink says nothing about this line. */
  readonly blind?: Uint8Array | null;
}

/** The line that explains the ink best, and how badly it still fails to, per sample. */
export interface RefinedLine {
  readonly y: Float64Array;
  readonly cost: number;
}

/** Rounds of Gauss-Newton: stiff at first, so that the line finds its place as a whole, then free. */
const STAGES = [
  { rounds: 5, stiffness: 10 },
  { rounds: 6, stiffness: 1 },
] as const;
/** Stiffness of the prior per squared noise of the ink: the noisier the page, the more the prior is heard. */
const STIFFNESS = 3.15;
/**
 * Blur of the pen's edge, pixels, from which the prior grows stiffer, and by which power: undoing a blur makes noise of noise.
 * Drawn and scanned pages have 1 to 1.6 pixels, photographs 2 to 3.
 */
const SHARP_EDGE_PX = 1.2;
const BLUR_POWER = 3;
const LEAST_NOISE = 0.03;
/** Strength below which no stroke is taken to be, as a share of the pen's. */
const PALEST = 0.35;
/** Columns to either side over which a stroke's strength is measured, and pixels of full strength taken for granted there. */
const PALE_REACH_PX = 0.67;
const GRANTED_PX = 4;

/**
 * Undoes the thickness of the stroke: moves the samples of a centre line until the line, drawn with the pen, matches the
 * ink. Steep strokes are often printed, or scanned, paler than flat ones: once the line is near its place it is drawn as
 * pale as the ink about it, or all that ink would seem too little and be doubted. Levenberg-Marquardt on banded normal
 * equations (each pixel depends on the two samples of its nearest segment), with a weak heavy-tailed prior on the second
 * difference that leaves QRS peaks alone. About 2 ms per second of lead and round at 200 dpi.
 *
 * @param start rows, one per sample; sample k lies at column `x0 + k / samplesPerPx`
 */
export function refineLine(
  ink: FloatRaster,
  weight: FloatRaster,
  start: Float64Array,
  x0: number,
  samplesPerPx: number,
  pen: Pen,
  options: RefineOptions = {},
): RefinedLine {
  const { blind = null } = options;
  const noise = Math.max(LEAST_NOISE, pen.noise);
  const blur = Math.max(1, pen.edgePx / SHARP_EDGE_PX);
  const steepness = measureSteepness(start, samplesPerPx);
  let line = Float64Array.from(start);
  let cost = 0;
  let paleness: Float64Array = new Float64Array(start.length).fill(1);
  for (const stage of STAGES) {
    const stiffness = STIFFNESS * noise * noise * blur ** BLUR_POWER * stage.stiffness;
    const equations = (y: Float64Array): NormalEquations => {
      const normal = createNormal(y.length);
      addStroke(normal, ink, weight, y, x0, samplesPerPx, pen, blind, paleness);
      addPrior(normal, y, samplesPerPx, stiffness, steepness);
      if (blind !== null) addAnchor(normal, y, start, samplesPerPx, blind);
      return normal;
    };
    let normal = equations(line);
    let damping = 1e-3;
    for (let round = 0; round < stage.rounds; round++) {
      const step = solveNormal(normal, damping);
      const moved = new Float64Array(line.length);
      let largest = 0;
      for (let k = 0; k < line.length; k++) {
        moved[k] = line[k]! + step[k]!;
        largest = Math.max(largest, Math.abs(step[k]!));
      }
      const next = equations(moved);
      if (next.cost < normal.cost) {
        line = moved;
        normal = next;
        damping = Math.max(1e-4, damping / 4);
        if (largest < 0.01) break;
      } else {
        damping *= 8;
        if (damping > 1e3) break;
      }
    }
    cost = normal.cost;
    if (stage !== STAGES.at(-1)) paleness = measurePaleness(normal, samplesPerPx);
  }
  return { y: line, cost };
}

/** Length of the line per column, from one column before to one after each sample. */
function measureSteepness(line: Float64Array, samplesPerPx: number): Float64Array {
  const steepness = new Float64Array(line.length);
  for (let k = 0; k < line.length; k++) {
    const from = Math.max(0, k - samplesPerPx);
    const to = Math.min(line.length - 1, k + samplesPerPx);
    const slope = ((line[to]! - line[from]!) * samplesPerPx) / Math.max(1, to - from);
    steepness[k] = Math.hypot(1, slope);
  }
  return steepness;
}

/** Strength of the stroke about each sample as a share of the pen's: the ink found there over that of a full stroke. */
function measurePaleness({ seen, drawn }: NormalEquations, samplesPerPx: number): Float64Array {
  const paleness = new Float64Array(seen.length);
  const reach = Math.round(PALE_REACH_PX * samplesPerPx);
  for (let k = 0; k < seen.length; k++) {
    let ink = GRANTED_PX;
    let full = GRANTED_PX;
    for (let at = Math.max(0, k - reach); at <= Math.min(seen.length - 1, k + reach); at++) {
      ink += seen[at]!;
      full += drawn[at]!;
    }
    paleness[k] = Math.max(PALEST, Math.min(1, ink / full));
  }
  return paleness;
}
