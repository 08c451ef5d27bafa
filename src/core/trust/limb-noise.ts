import { medianOf } from '../signal/median-of.ts';
import type { LeadName } from '../../shared/lead-name.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';

/** The limb leads as sums of leads I and II (Einthoven, Goldberger). */
const OF_I_AND_II: Partial<Record<LeadName, readonly [number, number]>> = {
  I: [1, 0],
  II: [0, 1],
  III: [-1, 1],
  aVR: [-0.5, -0.5],
  aVL: [1, -0.5],
  aVF: [-0.5, 1],
};
/** Leads that are printed together for less than this say nothing. */
const LEAST_SECONDS = 0.3;

/** A limb lead on the page's clock. */
interface Limb {
  readonly from: number;
  readonly to: number;
  readonly millivolts: Float32Array;
  readonly weights: readonly [number, number];
}

/**
 * Noise in the limb leads, mean square in mV^2 per lead: all six are sums of two, so where three or more are printed at the same time,
 * or one is printed twice, what no two leads explain (least squares) is noise of reading, or of the recorder. Needs no truth. Errors
 * that all leads share, as those of the scale, do not show. `null` where nothing is printed together. O(samples x leads).
 *
 * @param signals stretches of one page, all at the same rate
 */
export function limbNoise(signals: readonly LeadSignal[]): number | null {
  const limbs = signals.flatMap((signal): Limb[] => {
    const weights = OF_I_AND_II[signal.lead];
    if (!weights) return [];
    const from = Math.round(signal.startSeconds * signal.fs);
    const middle = medianOf(signal.millivolts);
    const millivolts = signal.millivolts.map((value) => value - middle);
    return [{ from, to: from + millivolts.length, millivolts, weights }];
  });
  const ends = [...new Set(limbs.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  let [squares, freedom] = [0, 0];
  for (const [k, from] of ends.entries()) {
    const to = ends[k + 1] ?? from;
    if (to - from < LEAST_SECONDS * signals[0]!.fs) continue;
    const together = limbs.filter((limb) => limb.from <= from && limb.to >= to);
    const rest = unexplained(together, from, to);
    squares += rest.squares;
    freedom += rest.freedom;
  }
  return freedom > 0 ? squares / freedom : null;
}

/** What leads I and II, as they fit all the leads best, leave over of them between two samples of the page. */
function unexplained(limbs: readonly Limb[], from: number, to: number): { squares: number; freedom: number } {
  let [aa, ab, bb] = [0, 0, 0];
  for (const { weights } of limbs) {
    aa += weights[0] ** 2;
    ab += weights[0] * weights[1];
    bb += weights[1] ** 2;
  }
  const determinant = aa * bb - ab * ab;
  // One lead, however often, tells of one sum of I and II only.
  const single = determinant < 1e-9;
  const spare = limbs.length - (single ? 1 : 2);
  if (spare <= 0) return { squares: 0, freedom: 0 };
  const means = limbs.map((limb) => meanBetween(limb, from, to));
  let [squares, freedom] = [0, 0];
  for (let at = from; at < to; at++) {
    const values = limbs.map(({ millivolts, from: first }, k) => millivolts[at - first]! - means[k]!);
    let [a, b, all] = [0, 0, 0];
    for (const [k, { weights }] of limbs.entries()) {
      a += weights[0] * values[k]!;
      b += weights[1] * values[k]!;
      all += values[k]!;
    }
    if (all !== all) continue;
    const one = (bb * a - ab * b) / determinant;
    const two = (aa * b - ab * a) / determinant;
    for (const [k, { weights }] of limbs.entries()) {
      const explained = single ? all / limbs.length : weights[0] * one + weights[1] * two;
      squares += (values[k]! - explained) ** 2;
    }
    freedom += spare;
  }
  return { squares, freedom };
}

/** Mean of what is known. */
function meanBetween({ millivolts, from: first }: Limb, from: number, to: number): number {
  let [sum, count] = [0, 0];
  for (let k = from - first; k < to - first; k++) {
    const value = millivolts[k]!;
    if (value !== value) continue;
    sum += value;
    count++;
  }
  return count > 0 ? sum / count : 0;
}
