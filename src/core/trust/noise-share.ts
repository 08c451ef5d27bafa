import type { LeadSignal } from '../signal/lead-signal.ts';

/**
 * Noise that a trusted lead has whatever its size: that of a line read to a fraction of its pen. Root mean square in
 * millivolts, told in units of the noise of a lead that is not to be trusted, which grows with its size.
 */
const FLOOR_MILLIVOLTS = 0.045;
/** Roughness of a line that is read well: by what share of itself its slope changes within a second. */
const USUAL_ROUGHNESS_PER_SECOND = 250;

/**
 * Noise of a page as a share of its power, 0..1, by what its leads are trusted. Its SNR is the power of all leads over the noise of
 * all: what is wrong with a tall lead weighs more than with a flat one, and a page of flat leads is noisier when read as carefully.
 * So this is the mean of the leads' doubts, weighted by their power, and the floor of the noise over their mean power. The floor was
 * fitted to the noise of 724 leads on the reference pages; left out in turn, each folder gives the same within a fourth. Jagged lines
 * are noisier than smooth ones: all of it goes with the square root of their roughness, the rms of second differences over that of
 * first ones.
 *
 * @param signals - millivolts, NaN where unknown
 * @param confidence trust in the page as a whole, for signals that were not judged and pages without any
 */
export function noiseShare(
  signals: readonly Pick<LeadSignal, 'trust' | 'millivolts' | 'fs'>[],
  confidence: number,
): number {
  let [power, doubted, samples, slopes, bends] = [0, 0, 0, 0, 0];
  for (const { trust = confidence, millivolts, fs } of signals) {
    const { sum, count } = powerOf(millivolts);
    power += sum;
    doubted += sum * (1 - trust);
    samples += count;
    const change = changesOf(millivolts);
    slopes += change.slopes;
    bends += change.bends * fs * fs;
  }
  if (power === 0) return 1 - confidence;
  const noise = doubted / power + (samples * FLOOR_MILLIVOLTS ** 2) / power;
  const roughness = slopes > 0 ? Math.sqrt(bends / slopes) / USUAL_ROUGHNESS_PER_SECOND : 1;
  return Math.min(1, noise * Math.sqrt(roughness));
}

/** Sums of squares of the first and of the second differences of what is known. */
function changesOf(millivolts: Float32Array): { slopes: number; bends: number } {
  let [slopes, bends] = [0, 0];
  for (let k = 2; k < millivolts.length; k++) {
    const before = millivolts[k - 1]! - millivolts[k - 2]!;
    const after = millivolts[k]! - millivolts[k - 1]!;
    const bend = after - before;
    if (bend !== bend) continue;
    slopes += after * after;
    bends += bend * bend;
  }
  return { slopes, bends };
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
