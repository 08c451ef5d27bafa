import type { LeadSignal } from '../signal/lead-signal.ts';
import { detectBeats } from './detect-beats.ts';
import { quantile } from './stretch.ts';

/** What of one traced lead looks like the heart. */
export interface HeartLikeness {
  /** Share of the time that is quiet against the steepest stretches: above 0.8 in ECGs, about 0.5 in noise. */
  readonly quiet: number;
  /** How alike its beats are: median correlation of single beats with their mean; NaN below two whole beats. */
  readonly alike: number;
  /** How far the line is from where it was once a beat is over, in heights of the beat: median; steps stay at 1. */
  readonly offset: number;
  /** Beats per minute; 0 without beats. */
  readonly rate: number;
}

const SLOPE_SECONDS = 0.012;
/** Quiet: less than this share of the slope that one sample in a hundred exceeds. */
const QUIET_SHARE = 0.25;
/** Half of the stretch around a beat that is compared, and how far beats are shifted to fit each other. */
const BEAT_SECONDS = 0.12;
const SHIFT_SECONDS = 0.04;

/** Measures a lead; cost O(samples). */
export function heartLikeness({ millivolts, fs }: LeadSignal): HeartLikeness {
  const beats = detectBeats(millivolts, fs);
  const seconds = millivolts.length / fs;
  return {
    quiet: quietShare(millivolts, fs),
    alike: beatLikeness(millivolts, fs, beats),
    offset: stepShare(millivolts, fs, beats),
    rate: seconds > 0 ? (60 * beats.length) / seconds : 0,
  };
}

function quietShare(millivolts: Float32Array, fs: number): number {
  const reach = Math.max(1, Math.round((SLOPE_SECONDS * fs) / 2));
  const slopes = new Float32Array(Math.max(0, millivolts.length - 2 * reach));
  for (let k = 0; k < slopes.length; k++) slopes[k] = Math.abs(millivolts[k + 2 * reach]! - millivolts[k]!);
  const steep = quantile(slopes, 0.99);
  if (!(steep > 0)) return 0;
  let quiet = 0;
  let known = 0;
  for (const slope of slopes) {
    if (slope !== slope) continue;
    known++;
    if (slope < QUIET_SHARE * steep) quiet++;
  }
  return quiet / known;
}

function beatLikeness(millivolts: Float32Array, fs: number, beats: readonly number[]): number {
  const half = Math.round(BEAT_SECONDS * fs);
  const shift = Math.round(SHIFT_SECONDS * fs);
  const whole = beats
    .map((t) => Math.round(t * fs))
    .filter((at) => at - half - shift >= 0 && at + half + shift < millivolts.length);
  if (whole.length < 2) return NaN;
  const cut = (at: number): Float64Array => centred(millivolts.subarray(at - half, at + half + 1));
  // Every beat is laid over the first in turn as the pattern; a premature beat as pattern loses against the others.
  let best = -1;
  for (const pattern of whole.slice(0, 4)) {
    const shape = cut(pattern);
    const fits = whole
      .filter((at) => at !== pattern)
      .map((at) => {
        let most = -1;
        for (let s = -shift; s <= shift; s += 2) most = Math.max(most, correlation(shape, cut(at + s)));
        return most;
      });
    best = Math.max(best, quantile(Float64Array.from(fits), 0.5));
  }
  return best;
}

/** Level a tenth of a second behind a beat against the level as long before it, in heights of the beat. */
function stepShare(millivolts: Float32Array, fs: number, beats: readonly number[]): number {
  const offsets: number[] = [];
  for (const t of beats) {
    const at = Math.round(t * fs);
    const near = Math.round(0.08 * fs);
    const far = Math.round(0.14 * fs);
    if (at - far < 0 || at + far >= millivolts.length) continue;
    const before = quantile(millivolts.subarray(at - far, at - near), 0.5);
    const behind = quantile(millivolts.subarray(at + near, at + far), 0.5);
    const beat = millivolts.subarray(at - near, at + near);
    offsets.push(Math.abs(behind - before) / (quantile(beat, 1) - quantile(beat, 0)));
  }
  return quantile(Float64Array.from(offsets), 0.5);
}

function centred(values: Float32Array): Float64Array {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]! === values[k]! ? values[k]! : 0;
  const mean = sum / values.length;
  const out = new Float64Array(values.length);
  for (let k = 0; k < out.length; k++) if (values[k]! === values[k]!) out[k] = values[k]! - mean;
  return out;
}

function correlation(a: Float64Array, b: Float64Array): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let k = 0; k < a.length; k++) {
    ab += a[k]! * b[k]!;
    aa += a[k]! * a[k]!;
    bb += b[k]! * b[k]!;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
