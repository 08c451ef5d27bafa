import { walkOut } from './walk-out.ts';

/** Ends and peak of one ventricular complex, in samples (fractions of a sample are told); null where not seen. */
export interface ComplexEnds {
  readonly onset: number | null;
  readonly end: number | null;
  readonly peak: number;
}

/** Index of scale 2^2 at 250 Hz among the levels of 500 Hz. */
const LEVEL = 2;
const REACH_SECONDS = 0.12;
/** Shares of the steepest slope that a wave of the complex has at least, before and after its middle. */
const FIRST_SHARE = 0.07;
const LAST_SHARE = 0.1;
/** Shares of the outermost wave's slope at which the complex begins and ends. */
const ONSET_SHARE = 0.1;
const END_SHARE = 0.15;

/**
 * Delineates the ventricular complex around sample `middle`: the first and the last steep place at scale 2^2 (modulus
 * maxima above 7 % and 10 % of the steepest), and beyond them where the modulus has fallen to 10 % and 15 %, or has a
 * minimum, whichever is nearer. The peak is the sample farthest from the line between the two ends.
 */
export function delineateComplex(
  values: Float64Array,
  levels: readonly Float64Array[],
  middle: number,
  fs: number,
): ComplexEnds {
  const slope = levels[LEVEL]!;
  const n = slope.length;
  const reach = Math.round(REACH_SECONDS * fs);
  const from = Math.max(1, middle - reach);
  const to = Math.min(n - 2, middle + reach);
  const maxima: number[] = [];
  let steepest = 0;
  for (let i = from; i <= to; i++) {
    const height = Math.abs(slope[i]!);
    steepest = Math.max(steepest, height);
    if (height >= Math.abs(slope[i - 1]!) && height > Math.abs(slope[i + 1]!)) maxima.push(i);
  }
  const main = maxima.filter((i) => Math.abs(slope[i]!) >= 0.5 * steepest);
  if (main.length === 0) return { onset: null, end: null, peak: middle };
  const high = (i: number, share: number) => Math.abs(slope[i]!) >= share * steepest;
  const first = maxima.find((i) => i <= main[0]! && high(i, FIRST_SHARE)) ?? main[0]!;
  const last = maxima.findLast((i) => i >= main.at(-1)! && high(i, LAST_SHARE)) ?? main.at(-1)!;
  const onset = walkOut(slope, first, -1, ONSET_SHARE);
  const end = walkOut(slope, last, 1, END_SHARE);
  return { onset, end, peak: farthest(values, onset ?? first, end ?? last) };
}

/** Sample between two places that lies farthest from the line that joins the signal there. */
function farthest(values: Float64Array, from: number, to: number): number {
  const a = Math.max(0, Math.floor(from));
  const b = Math.min(values.length - 1, Math.ceil(to));
  let best = a;
  let most = -1;
  for (let i = a; i <= b; i++) {
    const line = values[a]! + ((values[b]! - values[a]!) * (i - a)) / Math.max(1, b - a);
    const away = Math.abs(values[i]! - line);
    if (away > most) {
      most = away;
      best = i;
    }
  }
  return best;
}
