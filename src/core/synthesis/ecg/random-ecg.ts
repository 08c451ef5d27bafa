import type { Random } from '../random.ts';
import type { EcgParameters } from './ecg-parameters.ts';
import { conductedWaves, prematureWaves, TEXTBOOK_HEART, type HeartShape } from './heart-waves.ts';

/** Named kinds of recordings; `any` draws one of them. */
export const ECG_KINDS = [
  'normal',
  'tachycardia',
  'bradycardia',
  'atrial-fibrillation',
  'premature-beats',
  'st-elevation',
  'hypertrophy',
  'wide-qrs',
  'low-voltage',
] as const;
export type EcgKind = (typeof ECG_KINDS)[number];

/**
 * Draws the parameters of one patient: a kind of recording, and within it heart rate, axis, heights, widths and noise.
 *
 * @example
 * const random = createRandom(7);
 * const ecg = simulateEcg(randomEcg(random, 'normal'), { seconds: 10, fs: 500, random });
 */
export function randomEcg(random: Random, kind: EcgKind | 'any' = 'any'): EcgParameters {
  const chosen = kind === 'any' ? random.pick(ECG_KINDS) : kind;
  const fibrillates = chosen === 'atrial-fibrillation';
  return {
    rhythm: fibrillates ? 'atrial-fibrillation' : 'sinus',
    heartRate: heartRate(random, chosen),
    rateVariability: fibrillates ? random.uniform(0.14, 0.22) : random.uniform(0.01, 0.05),
    breathsPerMinute: random.uniform(11, 19),
    prematureShare: chosen === 'premature-beats' ? random.uniform(0.12, 0.25) : 0,
    waves: conductedWaves(randomShape(random, chosen)),
    prematureWaves: prematureWaves(random.uniform(0.9, 1.4)),
    fibrillation: fibrillates ? random.uniform(0.03, 0.08) : 0,
    wander: random.uniform(0.005, 0.04),
    muscleNoise: random.uniform(0.001, 0.008),
  };
}

function heartRate(random: Random, kind: EcgKind): number {
  if (kind === 'tachycardia') return random.uniform(105, 150);
  if (kind === 'bradycardia') return random.uniform(40, 55);
  if (kind === 'atrial-fibrillation') return random.uniform(75, 130);
  return random.uniform(58, 95);
}

function randomShape(random: Random, kind: EcgKind): HeartShape {
  const around = (spread: number) => Math.exp(random.normal(0, spread));
  const size = kind === 'low-voltage' ? 0.4 : kind === 'hypertrophy' ? 1.7 : 1;
  const lift = kind === 'st-elevation' ? random.uniform(0.12, 0.35) : 0;
  const inferior = random.chance(0.5);
  return {
    ...TEXTBOOK_HEART,
    axisDegrees: random.normal(0, 18),
    rotationDegrees: random.normal(0, 9),
    atrialScale: kind === 'atrial-fibrillation' ? 0 : Math.min(1, size + 0.1) * around(0.2),
    qScale: size * around(0.25),
    rScale: size * around(0.15),
    sScale: size * around(0.2),
    tScale: (kind === 'hypertrophy' ? -0.4 : size) * around(0.2),
    qrsWidth: kind === 'wide-qrs' ? random.uniform(1.5, 1.9) : random.uniform(0.9, 1.15),
    stShift: inferior ? [-0.4 * lift, lift, 0] : [0.3 * lift, -0.1 * lift, lift],
    prSeconds: random.uniform(0.13, 0.2),
  };
}
