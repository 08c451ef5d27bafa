import { ecgSignal, sampleCount, type EcgSignal } from '../signal/ecg-signal.ts';
import { matrixLeads } from '../signal/matrix-leads.ts';
import { ASSUMED_FS, type ReadHints } from '../signal/read-hints.ts';
import type { NpyArray } from './npy-array.ts';
import { npyMatrix } from './npy-matrix.ts';
import { readNpy } from './read-npy.ts';
import { writeNpy } from './write-npy.ts';

/** The samples of a recording as one array, leads x samples, float32 millivolts. */
export function signalArray(signal: EcgSignal): NpyArray {
  const samples = sampleCount(signal);
  const data = new Float32Array(signal.leads.length * samples);
  signal.leads.forEach(({ millivolts }, l) => data.set(millivolts, l * samples));
  return { shape: [signal.leads.length, samples], fortran: false, data };
}

/** Writes a recording's samples as NPY: float32, leads x samples, millivolts, NaN where unseen, and nothing else. */
export function writeNpySignal(signal: EcgSignal): Uint8Array<ArrayBuffer> {
  return writeNpy(signalArray(signal));
}

/**
 * Reads a NPY matrix as a recording. The file knows neither rate, unit nor names: `hints` say, else 500 Hz are assumed,
 * floats are taken for millivolts and integers for microvolts, and a remark says so.
 *
 * @throws AppError as `readNpy` and `npyMatrix`
 */
export function readNpySignal(bytes: Uint8Array, hints: ReadHints = {}): EcgSignal {
  return signalOfArray(readNpy(bytes), hints);
}

/** A matrix of samples as a recording, see `readNpySignal`. */
export function signalOfArray(array: NpyArray, hints: ReadHints, about: Partial<EcgSignal> = {}): EcgSignal {
  const isInteger = array.data instanceof Int16Array || array.data instanceof Int32Array;
  const scale = hints.millivoltsPerUnit ?? (isInteger ? 0.001 : 1);
  const remarks: string[] = [];
  if (hints.fs === undefined)
    remarks.push(`The file states no rate; ${ASSUMED_FS} samples per second are assumed.`);
  if (hints.millivoltsPerUnit === undefined && isInteger) {
    remarks.push('The file states no unit; its whole numbers are taken for microvolts.');
  }
  const leads = matrixLeads(npyMatrix(array), scale, hints.leadNames);
  return ecgSignal({ ...about, fs: hints.fs ?? ASSUMED_FS, leads, remarks });
}
