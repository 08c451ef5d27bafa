import { AppError } from '../../shared/app-error.ts';
import { ecgSignal, sampleCount, type EcgSignal } from '../signal/ecg-signal.ts';
import { matrixLeads } from '../signal/matrix-leads.ts';
import { ASSUMED_FS, type ReadHints } from '../signal/read-hints.ts';
import { millivoltsPerUnit } from '../signal/voltage-unit.ts';
import type { MatValue } from './mat-value.ts';
import { readMat } from './read-mat.ts';
import { writeMat } from './write-mat.ts';

const scalar = (value: number): MatValue => ({
  kind: 'numbers',
  shape: [1, 1],
  data: Float64Array.of(value),
  integer: false,
});
const text = (value: string): MatValue => ({ kind: 'text', text: value });
const texts = (list: readonly string[]): MatValue => ({ kind: 'cell', items: list.map(text) });

/**
 * Writes a recording as a MAT file: `ecg` (single, leads x samples, millivolts, NaN where unseen), `leads` (cell of
 * names), `fs`, `start_s`, `unit`, and, where known, `start_time`, `record`, `patient`, `comments`. Nothing is lost.
 */
export function writeMatSignal(signal: EcgSignal): Uint8Array<ArrayBuffer> {
  const count = signal.leads.length;
  const samples = sampleCount(signal);
  const data = new Float32Array(count * samples);
  signal.leads.forEach(({ millivolts }, l) => {
    for (let i = 0; i < samples; i++) data[i * count + l] = millivolts[i]!;
  });
  const variables: Record<string, MatValue> = {
    ecg: { kind: 'numbers', shape: [count, samples], data, integer: false },
    leads: texts(signal.leads.map(({ name }) => name)),
    fs: scalar(signal.fs),
    start_s: scalar(signal.startSeconds),
    unit: text('mV'),
  };
  if (signal.startTime !== null) variables['start_time'] = text(signal.startTime);
  if (signal.recordId !== null) variables['record'] = text(signal.recordId);
  if (signal.patientId !== null) variables['patient'] = text(signal.patientId);
  if (signal.comments.length > 0) variables['comments'] = texts(signal.comments);
  return writeMat(variables);
}

type NumericValue = Extract<MatValue, { kind: 'numbers' }>;

const SAMPLE_NAMES = ['ecg', 'val', 'data', 'signal', 'signals', 'x'];
const RATE_NAMES = ['fs', 'samplingrate', 'sampling_rate', 'freq', 'frequency', 'srate'];
const LEAD_LISTS = ['leads', 'lead_names', 'channels', 'labels'];

/**
 * Reads a MAT file as a recording: ours; the `val` of PhysioNet challenges (integers, 1000 per millivolt as their
 * headers say); a struct with `data`, as CPSC 2018 has it; or any other matrix with a rate beside it. What the file does
 * not say comes from `hints` or is assumed (500 Hz; integers are microvolts, floats millivolts) and remarked.
 *
 * @throws AppError as `readMat`, and `corrupt` when there is no matrix of numbers
 */
export function readMatSignal(bytes: Uint8Array, hints: ReadHints = {}): EcgSignal {
  const variables = flatten(readMat(bytes));
  const find = (names: readonly string[]) => names.map((name) => variables.get(name)).find((value) => value);
  const samples = SAMPLE_NAMES.map((name) => variables.get(name)).find(isMatrix) ?? largest(variables);
  if (!samples) throw new AppError('corrupt', 'The MAT file holds no matrix of numbers.');
  const remarks: string[] = [];
  const stated = find(RATE_NAMES);
  let fs = stated?.kind === 'numbers' ? stated.data[0] : undefined;
  fs ??= hints.fs;
  if (fs === undefined) {
    fs = ASSUMED_FS;
    remarks.push(`The file states no rate; ${ASSUMED_FS} samples per second are assumed.`);
  }
  const stored = millivoltsPerUnit(textOf(variables.get('unit')) ?? '') ?? hints.millivoltsPerUnit;
  const scale = stored ?? (samples.integer ? 0.001 : 1);
  if (stored === undefined && samples.integer) {
    remarks.push('The file states no unit; its whole numbers are taken for microvolts.');
  }
  const [rows, columns] = samples.shape as [number, number];
  const names = listOf(find(LEAD_LISTS));
  const matrix = { data: samples.data, rows, columns, rowStride: 1, columnStride: rows };
  const start = variables.get('start_s');
  return ecgSignal({
    fs,
    leads: matrixLeads(matrix, scale, names.length > 0 ? names : hints.leadNames),
    startSeconds: start?.kind === 'numbers' ? (start.data[0] ?? 0) : 0,
    startTime: textOf(variables.get('start_time')),
    recordId: textOf(variables.get('record')),
    patientId: textOf(variables.get('patient')),
    comments: listOf(variables.get('comments')),
    remarks,
  });
}

/** Variables by lower-case name, those inside structs as well where the name is still free. */
function flatten(variables: ReadonlyMap<string, MatValue>): Map<string, MatValue> {
  const flat = new Map<string, MatValue>();
  for (const [name, value] of variables) flat.set(name.toLowerCase(), value);
  for (const value of variables.values()) {
    if (value.kind !== 'struct') continue;
    for (const [name, field] of value.fields) {
      const key = name.toLowerCase();
      if (!flat.has(key) || flat.get(key)!.kind === 'struct') flat.set(key, field);
    }
  }
  return flat;
}

function isMatrix(value: MatValue | undefined): value is NumericValue {
  return value?.kind === 'numbers' && value.shape.length === 2 && value.data.length > 1;
}

function largest(variables: ReadonlyMap<string, MatValue>): NumericValue | undefined {
  return [...variables.values()].filter(isMatrix).sort((a, b) => b.data.length - a.data.length)[0];
}

function textOf(value: MatValue | undefined): string | null {
  return value?.kind === 'text' ? value.text : null;
}

function listOf(value: MatValue | undefined): string[] {
  if (value?.kind === 'text') return [value.text];
  return value?.kind === 'cell' ? value.items.map((item) => textOf(item) ?? '') : [];
}
