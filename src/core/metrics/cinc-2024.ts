import { smoothBoxcar } from './smooth-boxcar.ts';

/** Scores of one lead as the PhysioNet/CinC Challenge 2024 defines them. */
export interface CincScore {
  /** Decibels of mean signal power over mean noise power, times the share of the printed samples predicted. */
  readonly snrDb: number;
  /** The same with the median of the squared noise. */
  readonly medianSnrDb: number;
  /** 1 less the greatest difference of the running sums of |signal|, each scaled to 1 (after Kolmogorov-Smirnov). */
  readonly ks: number;
  /** Adaptive signed correlation index: share of samples within 5 % of the truth's deviation, less the others; -1..1. */
  readonly asci: number;
  /** Mean absolute difference in mV, weighted less where the smoothed (0.1 s) truth is high. */
  readonly weightedDifferenceMillivolts: number;
}

const ASCI_BETA = 0.05;
const WEIGHT_SECONDS = 0.1;

/**
 * Compares one lead with its truth by the definitions of the Challenge's evaluation (`evaluate_model` and `helper_code`
 * of physionetchallenges/evaluation-2024, summer 2024): over the samples that both have, nothing shifted or offset,
 * the truth's mean not removed. There, too, a perfect lead has infinite decibels and a lead without any sample no score.
 * See `shiftLikeCinc` for the shift that program applies beforehand unless told `--no_shift`.
 *
 * @param truth millivolts, n samples, NaN allowed
 * @param prediction millivolts, n samples on the same clock, NaN = unknown
 * @param fs samples per second
 * @returns null where they share no sample
 */
export function scoreCinc2024(truth: Float64Array, prediction: Float64Array, fs: number): CincScore | null {
  const n = truth.length;
  const a = new Float64Array(n);
  const b = new Float64Array(n);
  let count = 0;
  let printed = 0;
  for (let i = 0; i < n; i++) {
    const x = truth[i]!;
    const y = prediction[i]!;
    if (x === x) printed++;
    if (x !== x || y !== y) continue;
    a[count] = x;
    b[count++] = y;
  }
  if (count === 0) return null;
  const label = a.subarray(0, count);
  const noise = label.map((x, i) => x - b[i]!);
  const share = count / printed;
  const squaredNoise = noise.map((d) => d * d);
  const signalPower = mean(label.map((x) => x * x));
  return {
    snrDb: share * decibels(signalPower, mean(squaredNoise)),
    medianSnrDb: share * decibels(signalPower, median(squaredNoise)),
    ks: 1 - greatestGap(label, b.subarray(0, count)),
    asci: signedIndex(label, noise),
    weightedDifferenceMillivolts: weightedDifference(label, noise, fs),
  };
}

function decibels(signal: number, noise: number): number {
  if (noise === 0) return Infinity;
  return signal > 0 ? 10 * Math.log10(signal / noise) : NaN;
}

function greatestGap(a: Float64Array, b: Float64Array): number {
  const totalA = a.reduce((sum, x) => sum + Math.abs(x), 0) || 1;
  const totalB = b.reduce((sum, x) => sum + Math.abs(x), 0) || 1;
  let sumA = 0;
  let sumB = 0;
  let gap = 0;
  for (let i = 0; i < a.length; i++) {
    sumA += Math.abs(a[i]!);
    sumB += Math.abs(b[i]!);
    gap = Math.max(gap, Math.abs(sumA / totalA - sumB / totalB));
  }
  return gap;
}

function signedIndex(label: Float64Array, noise: Float64Array): number {
  const centre = mean(label);
  const threshold = ASCI_BETA * Math.sqrt(mean(label.map((x) => (x - centre) ** 2)));
  return mean(noise.map((d) => (Math.abs(d) <= threshold ? 1 : -1)));
}

function weightedDifference(label: Float64Array, noise: Float64Array, fs: number): number {
  const smooth = smoothBoxcar(label, Math.max(1, Math.round(WEIGHT_SECONDS * fs)));
  const top = smooth.reduce((most, x) => Math.max(most, x), -Infinity);
  let sum = 0;
  let total = 0;
  for (let i = 0; i < label.length; i++) {
    const weight = 1 - (0.5 / top) * smooth[i]!;
    sum += weight * Math.abs(noise[i]!);
    total += weight;
  }
  return sum / total;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
