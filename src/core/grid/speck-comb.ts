import { fft, planFft } from '../image/fft.ts';
import { solveLinear } from '../image/solve-linear.ts';
import { THICKEST_PX, type Specks } from './find-specks.ts';

/** Angles tried, degrees: a page on which specks alone tell of a grid was scanned, and lies nearly straight. */
const FURTHEST_DEGREES = 3;
const STEP_DEGREES = 0.1;
/** Periods tried, pixels. */
const LONGEST_PX = 130;
const SHORTEST_PX = 8;
/** Harmonics that equidistant lines show alike, and how many times the first one another may count. */
const HARMONICS = 4;
const BALANCE = 3;
/** Power of the first harmonic from which no chance brings specks into line (chance alone: 1), and the least of the others against it. */
const CERTAIN = 40;
const SHARP_SHARE = 0.3;
/** Specks within this share of the period of a line are its own. */
const ON_LINE = 0.12;
const FITS = 6;

/** Equidistant parallel lines: the number of the line at (x, y), in pixels from the middle of the picture, is `ax * x + ay * y + c`. */
export interface SpeckLines {
  readonly ax: number;
  readonly ay: number;
  readonly c: number;
  /** Share of the specks, by their voices, that stand on a line. */
  readonly share: number;
}

/**
 * The equidistant lines on which most specks stand, upright ones (`across`: the lines are counted from left to right) or
 * level ones; null where none hold more together than chance could. By the spectra of projections at many angles (as
 * Lomb's periodogram of events, DOI 10.1007/BF00648343), then by least squares. About 50 ms.
 */
export function speckLines(specks: Specks, across: boolean): SpeckLines | null {
  // Pieces of the other family's lines have their middles between the lines of this one.
  const sizes = across ? specks.widths : specks.heights;
  const isThin = (_: number, k: number): boolean => sizes[k]! <= THICKEST_PX;
  const thin = {
    ...specks,
    xs: specks.xs.filter(isThin),
    ys: specks.ys.filter(isThin),
    weights: specks.weights.filter(isThin),
  };
  const coarse = strongestComb(thin, across);
  return coarse === null ? null : fitLines(thin, coarse);
}

type Lines = Omit<SpeckLines, 'share'>;

function strongestComb({ xs, ys, weights, width, height }: Specks, across: boolean): Lines | null {
  const size = 2 ** Math.ceil(Math.log2(Math.hypot(width, height) + 2));
  // Twice as long: the frequencies lie closer together than lines can be told apart.
  const plan = planFft(2 * size);
  const norm = weights.reduce((sum, weight) => sum + weight * weight, 0);
  const re = new Float64Array(plan.size);
  const im = new Float64Array(plan.size);
  const power = (k: number): number => (re[k]! ** 2 + im[k]! ** 2) / norm;
  let best: Lines | null = null;
  let most = 0;
  for (let degrees = -FURTHEST_DEGREES; degrees <= FURTHEST_DEGREES; degrees += STEP_DEGREES) {
    const along = Math.cos((degrees * Math.PI) / 180);
    const aside = Math.sin((degrees * Math.PI) / 180);
    const [ux, uy] = across ? [along, aside] : [-aside, along];
    project(specksAlong(xs, ys, ux, uy), weights, size / 2, re);
    im.fill(0);
    fft(plan, re, im);
    for (let k = Math.ceil(plan.size / LONGEST_PX); k <= plan.size / SHORTEST_PX; k++) {
      const first = power(k);
      if (first < CERTAIN) continue;
      let total = 0;
      let least = first;
      for (let h = 1; h <= HARMONICS; h++) {
        let tallest = 0;
        // A harmonic may stand so many bins off as its fundamental does by a fraction of one.
        for (let off = -(h >> 1); off <= h >> 1; off++) tallest = Math.max(tallest, power(h * k + off));
        total += Math.min(tallest, BALANCE * first);
        least = Math.min(least, tallest);
      }
      if (total <= most || least < SHARP_SHARE * first) continue;
      most = total;
      const frequency = k / plan.size;
      // The projection has its zero in the middle of the transformed half.
      const phase = Math.atan2(im[k]!, re[k]!) / (2 * Math.PI) + frequency * (size / 2);
      best = { ax: frequency * ux, ay: frequency * uy, c: phase - Math.round(phase) };
    }
  }
  return best;
}

function specksAlong(xs: Float64Array, ys: Float64Array, ux: number, uy: number): Float64Array {
  return xs.map((x, k) => x * ux + ys[k]! * uy);
}

function project(places: Float64Array, weights: Float64Array, middle: number, bins: Float64Array): void {
  bins.fill(0);
  places.forEach((place, k) => {
    const at = place + middle;
    const bin = Math.floor(at);
    if (bin < 0 || bin + 1 >= bins.length) return;
    bins[bin]! += weights[k]! * (1 - at + bin);
    bins[bin + 1]! += weights[k]! * (at - bin);
  });
}

/** The lines through the specks that stand on them, by least squares, over and over. */
function fitLines({ xs, ys, weights }: Specks, start: Lines): SpeckLines | null {
  let lines = start;
  let share = 0;
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  for (let round = 0; round < FITS; round++) {
    const matrix = new Float64Array(9);
    const right = new Float64Array(3);
    share = 0;
    for (let k = 0; k < xs.length; k++) {
      const number = lines.ax * xs[k]! + lines.ay * ys[k]! + lines.c;
      const whole = Math.round(number);
      if (Math.abs(number - whole) > ON_LINE) continue;
      const row = [xs[k]!, ys[k]!, 1];
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) matrix[3 * i + j]! += weights[k]! * row[i]! * row[j]!;
        right[i]! += weights[k]! * row[i]! * whole;
      }
      share += weights[k]! / all;
    }
    const solved = solveLinear(matrix, right);
    if (solved === null) return null;
    lines = { ax: solved[0]!, ay: solved[1]!, c: solved[2]! };
  }
  return { ...lines, share };
}
