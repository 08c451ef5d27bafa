import type { SnrTrait } from './snr-traits.ts';

/** How a trait tells: its mean and standard deviation on the pages it was fitted on, and what one deviation counts. */
export interface TraitWeight {
  readonly usual: number;
  readonly spread: number;
  readonly weight: number;
}

/** Badness of a page all of whose traits are usual. */
export const USUAL_BADNESS = 1.0398;

/** Printed by `npm run fit:doubt`; see docs/learning.md. */
export const SNR_WEIGHTS: Readonly<Record<SnrTrait, TraitWeight>> = {
  limbNoise: { usual: -6.3863, spread: 1.5723, weight: 0.161 },
  noiseShare: { usual: -1.2889, spread: 0.5875, weight: 0.1401 },
  leadDoubt: { usual: -1.8952, spread: 0.709, weight: 0.0902 },
  bandwidth: { usual: 4.3242, spread: 0.2159, weight: 0.0823 },
  coarseness: { usual: -2.0255, spread: 0.3152, weight: 0.0901 },
  pen: { usual: -1.1335, spread: 0.2264, weight: 0.0169 },
  gridDoubt: { usual: -4.4562, spread: 0.7319, weight: 0.0469 },
  warnings: { usual: 0.2423, spread: 0.4352, weight: 0.0428 },
  doubtfulSamples: { usual: -5.4719, spread: 0.7387, weight: 0.0925 },
};
