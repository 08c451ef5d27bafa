import type { Random } from '../random.ts';
import type { EcgParameters } from './ecg-parameters.ts';

/** One beat: when its R peak falls and how long the heart takes until the next. */
export interface Beat {
  readonly rSeconds: number;
  /** Length of an undisturbed beat there, seconds; the waves stretch with the root of it. */
  readonly lengthSeconds: number;
  readonly premature: boolean;
}

const SHORTEST_BEAT_SECONDS = 0.28;

/**
 * R peaks over a stretch of time, with half a beat to spare at both ends. Sinus rhythm sways with the breath; in
 * fibrillation every beat is drawn by itself. A premature beat comes at 60 % of its time and is followed by a
 * compensatory pause.
 */
export function beatTrain(parameters: EcgParameters, seconds: number, random: Random): Beat[] {
  const mean = 60 / parameters.heartRate;
  const spread = parameters.rateVariability;
  const breath = (2 * Math.PI * parameters.breathsPerMinute) / 60;
  const phase = random.uniform(0, 2 * Math.PI);
  const beats: Beat[] = [];
  let t = -mean * (1 + random.next());
  while (t < seconds + 1.5 * mean) {
    const sway =
      parameters.rhythm === 'sinus' ? Math.SQRT2 * 0.8 * Math.sin(breath * t + phase) : random.normal(0, 0.8);
    const natural = Math.max(SHORTEST_BEAT_SECONDS, mean * (1 + spread * (sway + random.normal(0, 0.6))));
    beats.push({ rSeconds: t, lengthSeconds: natural, premature: false });
    if (random.chance(parameters.prematureShare)) {
      beats.push({ rSeconds: t + 0.6 * natural, lengthSeconds: natural, premature: true });
      t += 2 * natural;
    } else {
      t += natural;
    }
  }
  return beats;
}
