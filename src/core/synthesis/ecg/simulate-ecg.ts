import type { LeadName } from '../../../shared/lead-name.ts';
import type { Random } from '../random.ts';
import { beatTrain, type Beat } from './beat-train.ts';
import type { EcgParameters, HeartWave } from './ecg-parameters.ts';
import { addElectrodeNoise } from './electrode-noise.ts';
import { deriveLeads, ELECTRODES, electrodePotential } from './lead-field.ts';

/** A simulated recording. */
export interface SimulatedEcg {
  /** Samples per second. */
  readonly fs: number;
  /** Millivolts, all twelve leads of equal length. */
  readonly leads: ReadonlyMap<LeadName, Float32Array>;
  /** R peaks inside the recording, seconds. */
  readonly rPeakSeconds: readonly number[];
}

/** Pull of the model towards its rest, per second (McSharry's z equation has 1). */
const RELAXATION_PER_SECOND = 1;

/**
 * Twelve-lead ECG of the dynamical model of McSharry, Clifford, Tarassenko and Smith (2003),
 * DOI 10.1109/TBME.2003.808805, with its one voltage replaced by a three-dimensional dipole: along the limit cycle of
 * phase theta each component obeys
 *
 *     dz/dt = - sum_i p_i (theta - theta_i) omega / b_i^2 exp(-(theta - theta_i)^2 / 2 b_i^2) - z
 *
 * for waves i = P, Q, R, S, T of height p_i. The dipole reaches nine electrodes through a lead field; noise is added
 * there, so the relations between the leads stay exact.
 *
 * Cost: about 15 ms for 10 s at 500 Hz.
 */
export function simulateEcg(
  parameters: EcgParameters,
  options: { readonly seconds: number; readonly fs: number; readonly random: Random },
): SimulatedEcg {
  const { seconds, fs, random } = options;
  const n = Math.round(seconds * fs);
  const beats = beatTrain(parameters, seconds, random.fork('beats'));
  const dipole = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  for (const beat of beats) {
    for (const wave of beat.premature ? parameters.prematureWaves : parameters.waves) {
      addWaveSlope(dipole, beat, wave, fs);
    }
  }
  const decay = Math.exp(-RELAXATION_PER_SECOND / fs);
  for (const component of dipole) {
    let z = 0;
    for (let k = 0; k < n; k++) {
      z = z * decay + component[k]!;
      component[k] = z;
    }
  }
  if (parameters.fibrillation > 0) addFibrillation(dipole, parameters.fibrillation, fs, random.fork('f'));

  const electrodes = ELECTRODES.map((_, index) =>
    Float32Array.from(dipole[0]!, (x, k) => electrodePotential(index, x, dipole[1]![k]!, dipole[2]![k]!)),
  );
  electrodes.forEach((potential, index) =>
    addElectrodeNoise(potential, parameters, fs, random.fork(ELECTRODES[index]!)),
  );
  return {
    fs,
    leads: deriveLeads(electrodes),
    rPeakSeconds: beats.map((beat) => beat.rSeconds).filter((t) => t >= 0 && t < seconds),
  };
}

/**
 * Adds the step of each sample interval that one wave of one beat makes. The forcing term of the z equation is the
 * derivative of a Gaussian, so its integral over an interval is the difference of two Gaussians: no step-size error.
 */
function addWaveSlope(dipole: Float64Array[], beat: Beat, wave: HeartWave, fs: number): void {
  const stretch = wave.stretches ? Math.sqrt(Math.min(beat.lengthSeconds, 1.4)) : 1;
  const centre = beat.rSeconds + wave.centreSeconds * stretch;
  const width = wave.widthSeconds * stretch;
  const n = dipole[0]!.length;
  const first = Math.max(0, Math.floor((centre - 5 * width) * fs));
  const last = Math.min(n - 1, Math.ceil((centre + 5 * width) * fs));
  const height = (k: number) => Math.exp(-((k / fs - centre) ** 2) / (2 * width * width));
  let before = first > 0 ? height(first - 1) : 0;
  for (let k = first; k <= last; k++) {
    const now = height(k);
    for (let axis = 0; axis < 3; axis++) dipole[axis]![k]! += wave.dipole[axis]! * (now - before);
    before = now;
  }
}

/** Fibrillatory waves: a saw of wandering frequency (5 to 7 per second), seen best at the front (V1). */
function addFibrillation(dipole: Float64Array[], peak: number, fs: number, random: Random): void {
  let phase = random.uniform(0, 2 * Math.PI);
  let frequency = random.uniform(5, 7);
  let strength = 1;
  const n = dipole[0]!.length;
  for (let k = 0; k < n; k++) {
    frequency = Math.min(7.5, Math.max(4.5, frequency + random.normal(0, 0.04)));
    strength = Math.min(1.4, Math.max(0.4, strength + random.normal(0, 0.01)));
    phase += (2 * Math.PI * frequency) / fs;
    const saw = peak * strength * (0.75 * Math.sin(phase) + 0.25 * Math.sin(2 * phase));
    dipole[0]![k]! -= 0.2 * saw;
    dipole[1]![k]! += 0.5 * saw;
    dipole[2]![k]! += 0.9 * saw;
  }
}
