import type { Random } from '../random.ts';
import type { EcgParameters } from './ecg-parameters.ts';

/** Adds breath-locked wander, slow drift and muscle noise to one electrode, in place; millivolts. */
export function addElectrodeNoise(
  potential: Float32Array,
  parameters: EcgParameters,
  fs: number,
  random: Random,
): void {
  const breath = (2 * Math.PI * parameters.breathsPerMinute) / 60 / fs;
  const phase = random.uniform(0, 2 * Math.PI);
  const breathHeight = parameters.wander * random.uniform(0.3, 1);
  const slow = [0.05, 0.11, 0.23].map((frequency) => ({
    step: (2 * Math.PI * frequency * random.uniform(0.8, 1.2)) / fs,
    phase: random.uniform(0, 2 * Math.PI),
    height: parameters.wander * random.uniform(0.3, 1),
  }));
  // Muscle noise: white noise with the band below about 20 Hz taken away (one-pole high pass), then smoothed once.
  const keep = Math.exp((-2 * Math.PI * 20) / fs);
  let low = 0;
  let previous = 0;
  for (let k = 0; k < potential.length; k++) {
    let value = breathHeight * Math.sin(breath * k + phase);
    for (const part of slow) value += part.height * Math.sin(part.step * k + part.phase);
    if (parameters.muscleNoise > 0) {
      const white = random.normal(0, 1.3 * parameters.muscleNoise);
      low = keep * low + (1 - keep) * white;
      const high = white - low;
      value += 0.6 * high + 0.4 * previous;
      previous = high;
    }
    potential[k]! += value;
  }
}
