import { detectBeats } from '../lint/detect-beats.ts';
import { resampleToClock } from '../metrics/resample-to-clock.ts';
import { delineateComplex } from './delineate-complex.ts';
import { delineateSmallWave } from './delineate-small-wave.ts';
import { waveletLevels } from './wavelet-levels.ts';

/** Fiducial points of one beat, seconds from the lead's first sample; null where a wave is not seen. */
export interface BeatFiducials {
  readonly rSeconds: number;
  readonly pOnset: number | null;
  readonly pPeak: number | null;
  readonly pEnd: number | null;
  readonly qrsOnset: number | null;
  readonly qrsEnd: number | null;
  readonly tPeak: number | null;
  readonly tEnd: number | null;
}

/** The rate at which levels 2 to 5 are the scales 2^1 to 2^4 of the method's 250 Hz. */
const WORKING_FS = 500;
const LEVELS = 5;
/** Gaps up to this long are bridged by a straight line; in a longer one no wave is looked for. */
const LONGEST_BRIDGE_SECONDS = 0.04;
/** Where waves of a beat are looked for, seconds, and the share of the beat's length they may take. */
const P_REACH_SECONDS = 0.26;
const T_REACH_SECONDS = 0.6;
const T_REACH_SHARE = 0.7;
const P_REACH_SHARE = 0.4;

/**
 * Finds the beats of one lead and the ends of their waves after Martinez, Almeida, Olmos, Rocha and Laguna (2004,
 * DOI 10.1109/TBME.2003.821031): steepest places and zero crossings of a quadratic-spline wavelet transform at the
 * scale that suits each wave, ends where its modulus has fallen to a share of the nearest maximum or has a minimum.
 * Beats themselves come from `detectBeats`.
 *
 * @param millivolts n samples; NaN = unknown: a wave that reaches into a gap is not reported
 * @param fs samples per second, any
 *
 * Cost: about 3 ms for 10 s.
 */
export function delineateLead(millivolts: Float32Array, fs: number): BeatFiducials[] {
  const count = Math.floor(((millivolts.length - 1) * WORKING_FS) / fs) + 1;
  if (millivolts.length < 2) return [];
  const clock = { fs: WORKING_FS, startSeconds: 0, count };
  const values = resampleToClock(millivolts, { fs, startSeconds: 0 }, clock);
  const known = bridgeGaps(values, Math.round(LONGEST_BRIDGE_SECONDS * WORKING_FS));
  const beats = detectBeats(Float32Array.from(values), WORKING_FS).filter(
    (t) => known[Math.round(t * WORKING_FS)] === 1,
  );
  const levels = waveletLevels(values, LEVELS);
  const complexes = beats.map((t) =>
    delineateComplex(values, levels, Math.round(t * WORKING_FS), WORKING_FS),
  );
  return complexes.map(({ onset, end, peak }, b) => {
    const previous = b > 0 ? complexes[b - 1]! : null;
    const next = b + 1 < complexes.length ? complexes[b + 1]! : null;
    const beatLength = (from: number | undefined, to: number | undefined) =>
      from === undefined || to === undefined ? Infinity : to - from;
    const before = beatLength(previous?.peak, peak);
    const after = beatLength(peak, next?.peak);
    const p =
      onset === null
        ? null
        : delineateSmallWave(levels, {
            kind: 'P',
            from: Math.ceil(onset - Math.min(P_REACH_SECONDS * WORKING_FS, P_REACH_SHARE * before)),
            to: Math.floor(onset),
            fs: WORKING_FS,
          });
    const t =
      end === null
        ? null
        : delineateSmallWave(levels, {
            kind: 'T',
            from: Math.ceil(end),
            to: Math.floor(peak + Math.min(T_REACH_SECONDS * WORKING_FS, T_REACH_SHARE * after)),
            fs: WORKING_FS,
          });
    const seconds = (at: number | null | undefined) =>
      at === null || at === undefined || known[Math.round(at)] !== 1 ? null : at / WORKING_FS;
    return {
      rSeconds: peak / WORKING_FS,
      pOnset: seconds(p?.onset),
      pPeak: seconds(p?.peak),
      pEnd: seconds(p?.end),
      qrsOnset: seconds(onset),
      qrsEnd: seconds(end),
      tPeak: seconds(t?.peak),
      tEnd: seconds(t?.end),
    };
  });
}

/** Bridges gaps in place (long ones, too, so that the transform has numbers); 1 where samples can be relied on. */
function bridgeGaps(values: Float64Array, longest: number): Uint8Array {
  const n = values.length;
  const known = new Uint8Array(n).fill(1);
  for (let i = 0; i < n; i++) {
    if (!Number.isNaN(values[i]!)) continue;
    let end = i;
    while (end < n && Number.isNaN(values[end]!)) end++;
    const left = i > 0 ? values[i - 1]! : end < n ? values[end]! : 0;
    const right = end < n ? values[end]! : left;
    for (let k = i; k < end; k++) values[k] = left + ((right - left) * (k - i + 1)) / (end - i + 1);
    if (end - i > longest || i === 0 || end === n) known.fill(0, i, end);
    i = end;
  }
  return known;
}
