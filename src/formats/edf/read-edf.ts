import { AppError } from '../../shared/app-error.ts';
import { checkSize, ecgSignal, type EcgSignal } from '../signal/ecg-signal.ts';
import { leadLabel } from '../signal/lead-label.ts';
import { voltageLeads } from '../signal/voltage-leads.ts';
import { readEdfAnnotations, type EdfAnnotation } from './edf-annotations.ts';
import { startTimeOfEdf } from './edf-dates.ts';
import { ANNOTATIONS, readEdfHeader, type EdfHeader, type EdfSignalHeader } from './edf-header.ts';
import { ENDS, UNSEEN } from './write-edf.ts';

/** Data records on the recording's clock. */
interface Timeline {
  /** Second at which each data record begins. */
  readonly starts: readonly number[];
  readonly endSeconds: number;
  readonly annotations: readonly EdfAnnotation[];
}

/**
 * Reads an EDF or EDF+ file (C and D) as a recording: its voltages in millivolts. Gaps between data records, and
 * stretches that an annotation `Unseen@@label` names, are NaN; other annotations become comments. A file that was cut
 * is read up to its last whole data record.
 *
 * @throws AppError `corrupt`, `too-large` beyond the limits of a recording
 */
export function readEdf(bytes: Uint8Array): EcgSignal {
  const header = readEdfHeader(bytes);
  const perRecord = header.signals.reduce((total, { samples }) => total + samples, 0);
  if (perRecord === 0) throw new AppError('corrupt', 'The EDF file has data records without any sample.');
  const there = Math.floor((bytes.length - header.headerBytes) / (2 * perRecord));
  const remarks: string[] = [];
  if (header.records > there)
    remarks.push(`The file is cut: ${there} of ${header.records} data records are there.`);
  const records = header.records < 0 ? there : Math.min(there, header.records);
  if (records < 1) throw new AppError('corrupt', 'The EDF file holds no data record.');
  const recordSeconds = header.recordSeconds > 0 ? header.recordSeconds : 1;
  const timeline = readTimeline(bytes, header, records, recordSeconds);
  const first = timeline.starts[0]!;
  const waves = header.signals.filter(({ label, samples }) => label !== ANNOTATIONS && samples > 0);
  for (const { samples } of waves) {
    checkSize(waves.length, (timeline.endSeconds - first) * rateOf(samples, recordSeconds));
  }
  const channels = waves.map((line) => {
    const fs = rateOf(line.samples, recordSeconds);
    return { name: line.label, unit: line.unit, fs, values: decode(bytes, header, line, timeline, fs) };
  });
  const { fs, leads, remarks: leftOut } = voltageLeads(channels);
  for (const { text, onsetSeconds, durationSeconds } of timeline.annotations) {
    if (!text.startsWith(`${UNSEEN}@@`)) continue;
    const from = Math.max(0, Math.round((onsetSeconds - first) * fs));
    const to = Math.max(0, Math.round((onsetSeconds + durationSeconds - first) * fs));
    leads.find(({ name }) => text === `${UNSEEN}@@${name}`)?.millivolts.fill(NaN, from, to);
  }
  return ecgSignal({
    fs,
    leads: leads.map(({ name, millivolts }) => ({ name: leadLabel(name), millivolts })),
    startSeconds: first,
    startTime: startTimeOfEdf(header.date, header.time, header.recording),
    recordId: header.kind === 'EDF' ? known(header.recording) : known(header.recording.split(' ')[2]),
    patientId: header.kind === 'EDF' ? known(header.patient) : known(header.patient.split(' ')[0]),
    comments: timeline.annotations
      .filter(({ text }) => text !== ENDS && !text.startsWith(`${UNSEEN}@@`))
      .map(({ onsetSeconds, text }) => (onsetSeconds === 0 ? text : `${onsetSeconds} s: ${text}`)),
    remarks: [...remarks, ...leftOut],
  });
}

function readTimeline(
  bytes: Uint8Array,
  header: EdfHeader,
  records: number,
  recordSeconds: number,
): Timeline {
  const starts: number[] = [];
  const annotations: EdfAnnotation[] = [];
  const layout = placesOf(header);
  const lists = header.kind === 'EDF' ? [] : layout.filter(({ line }) => line.label === ANNOTATIONS);
  const recordBytes = 2 * header.signals.reduce((total, { samples }) => total + samples, 0);
  for (let record = 0; record < records; record++) {
    let start: number | null = null;
    for (const [index, { line, at }] of lists.entries()) {
      const from = header.headerBytes + record * recordBytes + at;
      const read = readEdfAnnotations(bytes.subarray(from, from + 2 * line.samples));
      if (index === 0) start = read.startSeconds;
      for (const annotation of read.annotations) annotations.push(annotation);
    }
    const usual = record === 0 ? 0 : starts[record - 1]! + recordSeconds;
    const stated = header.kind === 'EDF+D' || record === 0 ? (start ?? usual) : usual;
    if (record > 0 && stated < usual - recordSeconds / 2) {
      throw new AppError(
        'corrupt',
        `Data record ${record + 1} of the EDF file begins before the last one ends.`,
      );
    }
    starts.push(stated);
  }
  const ends = annotations.find(({ text }) => text === ENDS);
  const last = starts[records - 1]!;
  return {
    starts,
    annotations,
    endSeconds: ends && ends.onsetSeconds > last ? ends.onsetSeconds : last + recordSeconds,
  };
}

/** Where each signal begins in a data record, bytes. */
function placesOf({ signals }: EdfHeader): { line: EdfSignalHeader; at: number }[] {
  let at = 0;
  return signals.map((line) => {
    const place = { line, at };
    at += 2 * line.samples;
    return place;
  });
}

function decode(
  bytes: Uint8Array,
  header: EdfHeader,
  line: EdfSignalHeader,
  { starts, endSeconds }: Timeline,
  fs: number,
): Float32Array {
  const { physicalMin, physicalMax, digitalMin, digitalMax, samples } = line;
  if (digitalMin === digitalMax) {
    throw new AppError('corrupt', `The EDF header gives ${line.label} no range of digital values.`);
  }
  const step = (physicalMax - physicalMin) / (digitalMax - digitalMin);
  const { at } = placesOf(header).find((place) => place.line === line)!;
  const recordBytes = 2 * header.signals.reduce((total, signal) => total + signal.samples, 0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(Math.max(0, Math.round((endSeconds - starts[0]!) * fs))).fill(NaN);
  starts.forEach((start, record) => {
    const row = Math.round((start - starts[0]!) * fs);
    const from = header.headerBytes + record * recordBytes + at;
    for (let i = 0; i < samples && row + i < values.length; i++) {
      values[row + i] = physicalMin + (view.getInt16(from + 2 * i, true) - digitalMin) * step;
    }
  });
  return values;
}

/** The header's eight characters of duration carry six digits; rates are rarely finer than a thousandth. */
function rateOf(samples: number, recordSeconds: number): number {
  const fs = samples / recordSeconds;
  const round = Math.round(fs * 1000) / 1000;
  return Math.abs(fs - round) <= fs * 1e-6 ? round : fs;
}

function known(text: string | undefined): string | null {
  return text && text !== 'X' ? text : null;
}
