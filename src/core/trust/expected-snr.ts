import { SNR_TRAITS, snrTraits, sumsOf, type ReadPage } from './snr-traits.ts';
import { SNR_WEIGHTS, USUAL_BADNESS, type TraitWeight } from './snr-weights.ts';

/** Pages are not told apart above this: corrected ones count with 25.84 dB. */
export const BEST_SNR_DB = 28;
/** Badness 0 stands for the best SNR; it grows with the logarithm of the distance from a point above it. */
const BEYOND_DB = 3;
/** No trait counts more than that of a page so many deviations from usual. */
const MOST_DEVIATIONS = 3;

/**
 * SNR against the truth that a page is expected to have, decibels, up to `BEST_SNR_DB`; `null` where no lead has a height. Linear in
 * `snrTraits` up to a logarithm, each of which makes it worse (weights by ridge regression with signs), fitted on drawn pages.
 */
export function expectedSnr(page: ReadPage): number | null {
  if (!(sumsOf(page).power > 0)) return null;
  const traits = snrTraits(page);
  const badness = SNR_TRAITS.reduce(
    (sum, trait) => sum + SNR_WEIGHTS[trait].weight * deviation(traits[trait], SNR_WEIGHTS[trait]),
    USUAL_BADNESS,
  );
  return snrOfBadness(badness);
}

/** @example snrOfBadness(badnessOfSnr(12)) // 12 */
export function snrOfBadness(badness: number): number {
  return Math.min(BEST_SNR_DB, BEST_SNR_DB + BEYOND_DB * (1 - Math.exp(badness)));
}

/** Inverse of `snrOfBadness`, for decibels up to the best. */
export function badnessOfSnr(db: number): number {
  return Math.log(1 + (BEST_SNR_DB - db) / BEYOND_DB);
}

/** How far a trait is from usual, in deviations; 0 where a page cannot tell. */
export function deviation(value: number, { usual, spread }: Omit<TraitWeight, 'weight'>): number {
  if (value !== value) return 0;
  return Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, (value - usual) / spread));
}
