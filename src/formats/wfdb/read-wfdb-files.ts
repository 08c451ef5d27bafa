import { AppError } from '../../shared/app-error.ts';
import { checkSize } from '../signal/ecg-signal.ts';
import { SAMPLE_FORMATS, type SampleFormat, type StoredSamples } from './decode-samples.ts';
import type { WfdbSignal } from './read-wfdb.ts';
import type { WfdbHeader, WfdbSignalLine } from './read-wfdb-header.ts';
import { largestOf } from '../signal/extremes.ts';

/** Signals that share a file: frames of `frameSize` samples, in the order of the header. */
interface Group {
  readonly format: SampleFormat;
  readonly stored: StoredSamples;
  readonly frameSize: number;
  readonly frames: number;
}

/** Reads the signals of a header of one segment, see `readWfdb`. @throws AppError */
export function readWfdbFiles(header: WfdbHeader, readFile: (fileName: string) => Uint8Array): WfdbSignal[] {
  const signals: WfdbSignal[] = new Array(header.signals.length);
  for (const fileName of new Set(header.signals.map((line) => line.fileName))) {
    const members = [...header.signals.keys()].filter((i) => header.signals[i]!.fileName === fileName);
    const lines = members.map((i) => header.signals[i]!);
    const group = decodeFile(lines, header.samples, readFile(fileName));
    let offset = 0;
    for (const [m, line] of lines.entries()) {
      signals[members[m]!] = toPhysical(line, group, offset);
      offset += line.samplesPerFrame;
    }
  }
  return signals;
}

function decodeFile(lines: readonly WfdbSignalLine[], stated: number | null, bytes: Uint8Array): Group {
  const { format: number, fileName, byteOffset } = lines[0]!;
  const format = SAMPLE_FORMATS[number];
  if (!format) {
    const known = Object.keys(SAMPLE_FORMATS).join(', ');
    throw new AppError('unsupported', `WFDB format ${number} is not read here, only ${known}.`);
  }
  if (lines.some((line) => line.format !== number)) {
    throw new AppError('corrupt', `The WFDB header gives ${fileName} two formats.`);
  }
  const frameSize = lines.reduce((total, { samplesPerFrame }) => total + samplesPerFrame, 0);
  if (stated !== null) checkSize(1, stated * frameSize);
  checkSize(1, bytes.length / 2);
  // A file may go on after the record's last sample; for a skew it has to.
  const skew = largestOf(
    0,
    lines.map((line) => line.skew),
  );
  const wanted = stated === null ? Infinity : format.bytesFor((stated + skew) * frameSize);
  const stored = format.decode(bytes.subarray(byteOffset, byteOffset + wanted));
  const frames = stated ?? Math.floor(stored.length / frameSize);
  if (stored.length < frames * frameSize) {
    throw new AppError(
      'corrupt',
      `${fileName} holds ${stored.length} samples where the header promises ${frames * frameSize}.`,
    );
  }
  return { format, stored, frameSize, frames };
}

function toPhysical(
  line: WfdbSignalLine,
  { format, stored, frameSize, frames }: Group,
  offset: number,
): WfdbSignal {
  const { samplesPerFrame, aduPerUnit, baseline, skew, unit, description } = line;
  const values = new Float32Array(frames * samplesPerFrame).fill(NaN);
  const shift = skew * samplesPerFrame;
  const differences = line.format === 8;
  // The file may hold the samples beyond the record's end that a skew of its signals needs.
  const total = Math.floor(stored.length / frameSize) * samplesPerFrame;
  let sum = 0;
  let sumOfRecord = 0;
  let sample = line.initial;
  for (let i = 0, frame = offset, k = 0; i < total; i++) {
    const raw = stored[frame + k]!;
    if (++k === samplesPerFrame) {
      k = 0;
      frame += frameSize;
    }
    sample = differences ? (sample + raw) | 0 : raw;
    sum = (sum + sample) | 0;
    if (i < values.length) sumOfRecord = sum;
    const at = i - shift;
    if (at >= 0 && at < values.length && sample !== format.invalid)
      values[at] = (sample - baseline) / aduPerUnit;
  }
  const holds = (of: number) => ((line.checksum! - of) & 0xffff) === 0;
  // Samples beyond the record's end count in some files and not in others.
  if (line.checksum !== null && !holds(sumOfRecord) && !holds(sum)) {
    throw new AppError('corrupt', `Signal ${description || line.fileName} does not match its checksum.`);
  }
  return { description, unit, samplesPerFrame, values };
}
