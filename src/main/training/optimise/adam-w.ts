import type { TrainingState } from './training-state.ts';

export interface AdamWOptions {
  readonly rate: number;
  /** Largest Euclidean length of the gradient; longer ones are shortened. */
  readonly clip: number;
  /** Share of each decaying parameter taken away per step and unit of rate. */
  readonly decay: number;
  /** 1 where a parameter decays. */
  readonly decays: Uint8Array;
  /** Share of the average that stays per step, at most; the first steps keep less. */
  readonly averageDecay: number;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/**
 * One step of AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101) with clipping by global norm, and of the moving
 * average, in place. A gradient that is not finite changes nothing but the counters.
 *
 * @returns length of the gradient before clipping
 */
export function adamW(state: TrainingState, gradient: Float32Array, options: AdamWOptions): number {
  const { rate, clip, decay, decays, averageDecay } = options;
  const { parameters, firstMoment, secondMoment, average } = state;
  let squares = 0;
  for (let k = 0; k < gradient.length; k++) squares += gradient[k]! * gradient[k]!;
  const norm = Math.sqrt(squares);
  const step = ++state.step;
  if (!Number.isFinite(norm)) {
    state.skipped++;
    return norm;
  }
  const scale = norm > clip ? clip / norm : 1;
  const correct1 = 1 / (1 - BETA1 ** step);
  const correct2 = 1 / (1 - BETA2 ** step);
  const keep = Math.min(averageDecay, (1 + step) / (10 + step));
  for (let k = 0; k < gradient.length; k++) {
    const g = gradient[k]! * scale;
    const m = BETA1 * firstMoment[k]! + (1 - BETA1) * g;
    const v = BETA2 * secondMoment[k]! + (1 - BETA2) * g * g;
    firstMoment[k] = m;
    secondMoment[k] = v;
    const before = parameters[k]!;
    const move = (m * correct1) / (Math.sqrt(v * correct2) + EPSILON) + (decays[k] ? decay * before : 0);
    const after = before - rate * move;
    parameters[k] = after;
    average[k] = keep * average[k]! + (1 - keep) * after;
  }
  return norm;
}
