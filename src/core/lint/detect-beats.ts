import { quantile } from './stretch.ts';
import { ascending } from '../../shared/ascending.ts';

const SLOPE_SECONDS = 0.012;
const ENVELOPE_SECONDS = 0.08;
/** No two beats are nearer than this. */
const REFRACTORY_SECONDS = 0.2;
/** Share of the usual height of the envelope's peaks that makes a beat. */
const THRESHOLD_SHARE = 0.3;
/** A steeper stretch than this is needed anywhere for beats to exist at all, mV per second. */
const LEAST_SLOPE = 2;

/**
 * Times of the heart beats in one lead, seconds from its first sample: places where the signal is steep (squared
 * slope, smoothed over the width of a ventricular complex), as in Pan and Tompkins (1985),
 * DOI 10.1109/TBME.1985.325532, with a threshold from the signal as a whole instead of a running one. The time is the
 * middle of the complex, the same in all leads to about 20 ms. NaN count as level.
 *
 * Cost: O(samples).
 */
export function detectBeats(millivolts: Float32Array, fs: number): number[] {
  const envelope = slopeEnvelope(millivolts, fs);
  const peaks = localPeaks(envelope, Math.round(REFRACTORY_SECONDS * fs));
  if (peaks.length === 0) return [];
  const heights = Float64Array.from(peaks, (k) => envelope[k]!).sort();
  // Beats are among the highest peaks; one artefact must not raise the bar, hence not the very highest.
  const seconds = millivolts.length / fs;
  const expected = Math.max(1, Math.min(heights.length, Math.floor(seconds * 0.6)));
  const usual = quantile(heights.subarray(heights.length - expected), 0.5);
  if (Math.sqrt(usual) < LEAST_SLOPE) return [];
  return peaks.filter((k) => envelope[k]! >= THRESHOLD_SHARE * usual).map((k) => k / fs);
}

/** Mean squared slope over the width of a complex, (mV/s)^2. */
function slopeEnvelope(millivolts: Float32Array, fs: number): Float64Array {
  const n = millivolts.length;
  const reach = Math.max(1, Math.round((SLOPE_SECONDS * fs) / 2));
  const squared = new Float64Array(n);
  for (let k = reach; k < n - reach; k++) {
    const slope = ((millivolts[k + reach]! - millivolts[k - reach]!) * fs) / (2 * reach);
    squared[k] = slope === slope ? slope * slope : 0;
  }
  const half = Math.max(1, Math.round((ENVELOPE_SECONDS * fs) / 2));
  const envelope = new Float64Array(n);
  let sum = 0;
  for (let k = -half; k < n; k++) {
    if (k + half < n) sum += squared[k + half]!;
    if (k - half - 1 >= 0) sum -= squared[k - half - 1]!;
    if (k >= 0) envelope[k] = Math.max(0, sum) / (2 * half + 1);
  }
  return envelope;
}

/** Highest points, the highest first choosing, no two within `apart` samples. Ascending. */
function localPeaks(envelope: Float64Array, apart: number): number[] {
  const candidates: number[] = [];
  for (let k = 1; k < envelope.length - 1; k++) {
    if (envelope[k]! > 0 && envelope[k]! >= envelope[k - 1]! && envelope[k]! > envelope[k + 1]!)
      candidates.push(k);
  }
  candidates.sort((a, b) => envelope[b]! - envelope[a]!);
  const chosen: number[] = [];
  for (const k of candidates) {
    if (chosen.every((other) => Math.abs(other - k) >= apart)) chosen.push(k);
  }
  return chosen.sort(ascending);
}
