import type { LeadSignal } from '../signal/lead-signal.ts';

/**
 * Noise that a trusted lead has whatever its size: that of a line read to a fraction of its pen. Root mean square in
 * millivolts, told in units of the noise of a lead that is not to be trusted, which grows with its size.
 */
const FLOOR_MILLIVOLTS = 0.045;

/**
 * How noisy a page is expected to be, 0..1. Its SNR is the power of all leads over the noise of all: what is wrong with a tall lead
 * weighs more than with a flat one, and a page of flat leads is noisier when read as carefully. So this is the mean of the leads'
 * doubts, weighted by their power, and the floor of the noise over their mean power. The floor was fitted to the noise of 724
 * leads on the reference pages; left out in turn, each folder gives the same within a fourth.
 *
 * @param signals - millivolts, NaN where unknown
 * @param confidence trust in the page as a whole, for signals that were not judged and pages without any
 */
export function pageDoubt(
  signals: readonly Pick<LeadSignal, 'trust' | 'millivolts'>[],
  confidence: number,
): number {
  let [power, doubted, samples] = [0, 0, 0];
  for (const { trust = confidence, millivolts } of signals) {
    const { sum, count } = powerOf(millivolts);
    power += sum;
    doubted += sum * (1 - trust);
    samples += count;
  }
  if (power === 0) return 1 - confidence;
  return Math.min(1, doubted / power + (samples * FLOOR_MILLIVOLTS ** 2) / power);
}

/** Sum of squares about the mean of what is known. */
function powerOf(millivolts: Float32Array): { sum: number; count: number } {
  let [count, total, squares] = [0, 0, 0];
  for (const value of millivolts) {
    if (value !== value) continue;
    count++;
    total += value;
    squares += value * value;
  }
  return { sum: count > 0 ? Math.max(0, squares - (total * total) / count) : 0, count };
}
