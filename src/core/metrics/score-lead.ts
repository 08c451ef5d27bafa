import { alignLead } from './align-lead.ts';

/** How well one lead was recovered. Powers are sums over samples, mV^2. */
export interface LeadScore {
  /** Whether the prediction covers at least half of what is printed. */
  readonly found: boolean;
  /** Sum of the squared truth (not mean-removed). */
  readonly signalPower: number;
  /** Sum of the squared difference after alignment; unknown prediction samples count as 0 mV. */
  readonly noisePower: number;
  /** `signalPower / noisePower` in decibels, capped like the page's. */
  readonly snrDb: number;
  /** Pearson correlation over the samples both have, 0 when one of them is constant or absent. */
  readonly pearson: number;
  /** Root of the mean squared difference, microvolts. */
  readonly rmseMicrovolts: number;
  /** Number of truth samples compared. */
  readonly samples: number;
  readonly lagSeconds: number;
  readonly offsetMillivolts: number;
}

/** The Kaggle metric cuts every ratio here: 25.84 dB. */
export const RATIO_CAP = 384;
/** Alignment may move a prediction by this much either way. */
export const MAX_LAG_SECONDS = 0.2;

/** Power ratio, capped; a silent truth is worth 0 unless the prediction is silent too. */
export function cappedRatio(signalPower: number, noisePower: number): number {
  return noisePower > 0 ? Math.min(signalPower / noisePower, RATIO_CAP) : RATIO_CAP;
}

/** Decibels of a power ratio; ratios below one millionth read -60. */
export function ratioToDb(ratio: number): number {
  return 10 * Math.log10(Math.max(ratio, 1e-6));
}

/**
 * Compares one lead with its truth by the Kaggle rules (see `alignLead`).
 *
 * @param truth millivolts over the printed span, n samples
 * @param prediction millivolts over the same n samples; NaN = unknown; null = the lead was not found
 */
export function scoreLead(truth: Float64Array, prediction: Float64Array | null, fs: number): LeadScore {
  const n = truth.length;
  let known = 0;
  if (prediction) for (let i = 0; i < n; i++) if (prediction[i]! === prediction[i]!) known++;
  const alignment =
    prediction && known > 0 ? alignLead(truth, prediction, Math.trunc(MAX_LAG_SECONDS * fs)) : null;
  let signalPower = 0;
  let noisePower = 0;
  let samples = 0;
  for (let i = 0; i < n; i++) {
    const label = truth[i]!;
    if (label !== label) continue;
    const value = alignment ? alignment.aligned[i]! : 0;
    const difference = value === value ? label - value : label;
    signalPower += label * label;
    noisePower += difference * difference;
    samples++;
  }
  return {
    found: samples > 0 && known >= samples / 2,
    signalPower,
    noisePower,
    snrDb: ratioToDb(cappedRatio(signalPower, noisePower)),
    pearson: alignment ? pearson(truth, alignment.aligned) : 0,
    rmseMicrovolts: samples > 0 ? 1000 * Math.sqrt(noisePower / samples) : 0,
    samples,
    lagSeconds: alignment ? alignment.lagSamples / fs : 0,
    offsetMillivolts: alignment ? alignment.offset : 0,
  };
}

/** Pearson correlation over the samples where both are numbers; 0 when it is undefined. */
export function pearson(a: Float64Array, b: Float64Array): number {
  let count = 0;
  let meanA = 0;
  let meanB = 0;
  let varA = 0;
  let varB = 0;
  let covariance = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (x !== x || y !== y) continue;
    count++;
    const dx = x - meanA;
    const dy = y - meanB;
    meanA += dx / count;
    meanB += dy / count;
    varA += dx * (x - meanA);
    varB += dy * (y - meanB);
    covariance += dx * (y - meanB);
  }
  const scale = Math.sqrt(varA * varB);
  return scale > 0 ? covariance / scale : 0;
}
