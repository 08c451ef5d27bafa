import { unzipSync, zipSync, type Zippable } from 'fflate';
import { AppError } from '../../shared/app-error.ts';
import { ecgSignal, MAX_SAMPLES, type EcgSignal } from '../signal/ecg-signal.ts';
import { matrixLeads } from '../signal/matrix-leads.ts';
import type { ReadHints } from '../signal/read-hints.ts';
import type { NpyArray } from './npy-array.ts';
import { isNumeric, npyMatrix } from './npy-matrix.ts';
import { signalArray, signalOfArray } from './npy-signal.ts';
import { readNpy } from './read-npy.ts';
import { writeNpy } from './write-npy.ts';

const scalar = (value: number): NpyArray => ({ shape: [], fortran: false, data: Float64Array.of(value) });
const texts = (list: readonly string[]): NpyArray => ({ shape: [list.length], fortran: false, data: list });

/**
 * Writes a recording as NPZ, read by `numpy.load(path)` without pickles: `ecg` (float32, leads x samples, millivolts,
 * NaN where unseen), `leads`, `fs`, `start_s`, and, where known, `start_time`, `record`, `patient`, `comments`. Nothing
 * is lost; same recording, same bytes (stored, dated 1980).
 */
export function writeNpz(signal: EcgSignal): Uint8Array<ArrayBuffer> {
  const arrays: Record<string, NpyArray> = {
    ecg: signalArray(signal),
    leads: texts(signal.leads.map(({ name }) => name)),
    fs: scalar(signal.fs),
    start_s: scalar(signal.startSeconds),
  };
  for (const [name, value] of [
    ['start_time', signal.startTime],
    ['record', signal.recordId],
    ['patient', signal.patientId],
  ] as const) {
    if (value !== null) arrays[name] = { shape: [], fortran: false, data: [value] };
  }
  if (signal.comments.length > 0) arrays['comments'] = texts(signal.comments);
  const files: Zippable = {};
  for (const [name, array] of Object.entries(arrays)) files[`${name}.npy`] = writeNpy(array);
  return zipSync(files, { level: 0, mtime: new Date(1980, 0, 1) });
}

/** Arrays that are taken for the samples, in this order; else the largest matrix of numbers. */
const SAMPLE_NAMES = ['ecg', 'signal', 'signals', 'val', 'data', 'x', 'arr_0'];

/**
 * Reads a NPZ file as a recording: one of ours, or any that holds a matrix of samples, perhaps with `fs` and `leads`.
 *
 * @throws AppError `corrupt` when it is no archive or holds no matrix, `too-large` when it unpacks to more than a
 *   recording may have
 */
export function readNpz(bytes: Uint8Array, hints: ReadHints = {}): EcgSignal {
  const arrays = readArrays(bytes);
  const samples = SAMPLE_NAMES.map((name) => arrays.get(name)).find(isMatrix) ?? largestMatrix(arrays);
  if (!samples) throw new AppError('corrupt', 'The NPZ file holds no matrix of numbers.');
  const number = (...names: string[]): number | undefined => {
    const data = names.map((name) => arrays.get(name)?.data).find((found) => found && isNumeric(found));
    const value = data?.[0];
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  };
  const list = (...names: string[]): readonly string[] => {
    const data = names.map((name) => arrays.get(name)?.data).find((found) => found && !isNumeric(found));
    return (data as readonly string[] | undefined) ?? [];
  };
  const fs = number('fs', 'sampling_rate', 'fs_hz', 'frequency');
  const names = list('leads', 'lead_names', 'channels', 'sig_name');
  const about = {
    startSeconds: number('start_s') ?? 0,
    startTime: list('start_time')[0] ?? null,
    recordId: list('record')[0] ?? null,
    patientId: list('patient')[0] ?? null,
    comments: list('comments'),
  };
  const leadNames = names.length > 0 ? names : hints.leadNames;
  if (samples === arrays.get('ecg') && samples.data instanceof Float32Array && fs !== undefined) {
    return ecgSignal({ ...about, fs, leads: matrixLeads(npyMatrix(samples), 1, leadNames) });
  }
  return signalOfArray(samples, { ...hints, fs: fs ?? hints.fs, leadNames }, about);
}

const isMatrix = (array: NpyArray | undefined): array is NpyArray =>
  array !== undefined && isNumeric(array.data) && array.data.length > 1 && array.shape.length <= 3;

function largestMatrix(arrays: ReadonlyMap<string, NpyArray>): NpyArray | undefined {
  const matrices = [...arrays.values()].filter(isMatrix);
  return matrices.sort((a, b) => b.data.length - a.data.length)[0];
}

function readArrays(bytes: Uint8Array): Map<string, NpyArray> {
  let total = 0;
  const tooLarge = new AppError('too-large', 'The NPZ file unpacks to more than a recording may have.');
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter({ name, size, originalSize }) {
        if (!name.endsWith('.npy')) return false;
        total += originalSize;
        // Sizes that deflate cannot reach are set to make us reserve memory for nothing, or work without end.
        if (
          total > 8 * MAX_SAMPLES ||
          originalSize > 1100 * (size + 64) ||
          size > 1.1 * originalSize + 4096
        ) {
          throw tooLarge;
        }
        return true;
      },
    });
  } catch (thrown) {
    if (thrown === tooLarge) throw thrown;
    throw new AppError('corrupt', 'The NPZ file is damaged: it cannot be unpacked.', { cause: thrown });
  }
  const arrays = new Map<string, NpyArray>();
  for (const [name, content] of Object.entries(files)) {
    try {
      arrays.set(name.replace(/\.npy$/, ''), readNpy(content));
    } catch (thrown) {
      // Arrays of other kinds, pickled ones among them, may lie beside the samples.
      if (!(thrown instanceof AppError && thrown.code === 'unsupported')) throw thrown;
    }
  }
  return arrays;
}
