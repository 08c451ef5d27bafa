import type { Digitization } from '../digitization.ts';
import { medianOf } from '../signal/median-of.ts';
import { limbNoise } from './limb-noise.ts';
import { noiseShare } from './noise-share.ts';

/** What is known of a page before anybody corrected it. */
export type ReadPage = Pick<
  Digitization,
  'status' | 'confidence' | 'signals' | 'paths' | 'rectification' | 'stages' | 'reasons' | 'findings'
>;

/** What a page's SNR is expected from; the more there is of each, the worse the page. See `snrTraits`. */
export const SNR_TRAITS = [
  'limbNoise',
  'noiseShare',
  'leadDoubt',
  'bandwidth',
  'coarseness',
  'pen',
  'gridDoubt',
  'warnings',
  'doubtfulSamples',
] as const;
export type SnrTrait = (typeof SNR_TRAITS)[number];

/** Misfit of the limb leads, share of the page's power: more says no more, for some recorders' own leads fit no better. */
const MOST_MISFIT = Math.exp(-4);
/** What is below counts as this much: a logarithm needs a floor. */
const LEAST = { misfit: 1e-4, noise: 0.05, doubt: 0.02, grid: 0.01, samples: 0.003 } as const;
/** Trust below which a sample is doubtful. */
const DOUBTFUL = 0.5;

/**
 * The traits of a page with leads, natural logarithms where not said: what the limb leads do not agree on and noise by trust, as shares of
 * the page's power; mean doubt about leads; rms slope over rms height, 1/s; mm per pixel; the pen's width, mm; doubt about the grid; one more
 * than the warnings; share of samples that are trusted little. NaN where the page cannot tell.
 */
export function snrTraits(page: ReadPage): Record<SnrTrait, number> {
  const { signals, confidence, rectification, paths } = page;
  const { power, slopes, doubtful } = sumsOf(page);
  const limb = limbNoise(signals);
  const misfit = limb === null ? MOST_MISFIT : limb / power;
  const doubt = signals.reduce((sum, { trust = confidence }) => sum + 1 - trust, 0) / signals.length;
  const grid = page.stages.find(({ stage }) => stage === 'rectify')?.confidence ?? 0;
  const spoken = [...page.reasons, ...page.findings].filter(({ severity }) => severity === 'warning');
  const widths = Float32Array.from(paths, ({ strokeWidthPx }) => strokeWidthPx);
  return {
    limbNoise: Math.log(Math.min(MOST_MISFIT, Math.max(LEAST.misfit, misfit))),
    noiseShare: Math.log(Math.max(LEAST.noise, noiseShare(signals, confidence))),
    leadDoubt: Math.log(Math.max(LEAST.doubt, doubt)),
    bandwidth: Math.log(slopes / power) / 2,
    coarseness: rectification ? -Math.log(rectification.pxPerMmX) : NaN,
    pen: rectification ? Math.log(medianOf(widths) / rectification.canonicalPxPerMm) : NaN,
    gridDoubt: Math.log(Math.max(LEAST.grid, 1 - grid)),
    warnings: Math.log1p(spoken.length),
    doubtfulSamples: Math.log(Math.max(LEAST.samples, doubtful)),
  };
}

/** Mean square of the leads about their means (mV^2) and of their slopes (mV^2/s^2), and the share of doubtful samples. */
export function sumsOf({ signals }: Pick<ReadPage, 'signals'>): {
  power: number;
  slopes: number;
  doubtful: number;
} {
  let [power, slopes, doubtful, count] = [0, 0, 0, 0];
  for (const { millivolts, confidence, fs } of signals) {
    let [known, sum, squares] = [0, 0, 0];
    for (let k = 0; k < millivolts.length; k++) {
      const value = millivolts[k]!;
      if (value !== value) continue;
      known++;
      sum += value;
      squares += value * value;
      if (confidence[k]! < DOUBTFUL) doubtful++;
      const slope = (value - millivolts[k - 1]!) * fs;
      if (slope === slope) slopes += slope * slope;
    }
    count += known;
    if (known > 0) power += Math.max(0, squares - (sum * sum) / known);
  }
  return { power: power / count, slopes: slopes / count, doubtful: doubtful / count };
}
