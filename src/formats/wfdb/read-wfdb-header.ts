import { AppError } from '../../shared/app-error.ts';
import { checkSize } from '../signal/ecg-signal.ts';

/** One signal line of a WFDB header. */
export interface WfdbSignalLine {
  /** `~` where a layout segment only names a signal. */
  readonly fileName: string;
  readonly format: number;
  readonly samplesPerFrame: number;
  /** Samples of the file that precede sample 0 of the record. */
  readonly skew: number;
  /** Bytes before the first sample of the file. */
  readonly byteOffset: number;
  readonly aduPerUnit: number;
  /** Sample value of 0 physical units. */
  readonly baseline: number;
  readonly unit: string;
  /** What the differences of format 8 start from. */
  readonly initial: number;
  /** 16-bit sum of all samples; null when the header does not say. */
  readonly checksum: number | null;
  readonly description: string;
}

/** One segment of a record of several; `name` `~` is a gap. */
export interface WfdbSegment {
  readonly name: string;
  readonly samples: number;
}

/** A WFDB header. */
export interface WfdbHeader {
  readonly name: string;
  /** Frames per second. */
  readonly fs: number;
  /** Second of the counter at sample 0. */
  readonly startSeconds: number;
  /** Frames; null when the header leaves it to the file's size. */
  readonly samples: number | null;
  /** `YYYY-MM-DDThh:mm:ss` with `.mmm` where stated; null unless both date and time are known. */
  readonly startTime: string | null;
  readonly signals: readonly WfdbSignalLine[];
  /** Null for a record of one segment. */
  readonly segments: readonly WfdbSegment[] | null;
  readonly comments: readonly string[];
}

const MAX_LINES = 100_000;
const RATE = /^([\d.]+(?:[eE][-+]?\d+)?)(?:\/([\d.]+)(?:\(([-+\d.eE]+)\))?)?/;

/**
 * Reads a WFDB header (header(5) of the WFDB Applications Guide); fields left out take the guide's defaults (250 Hz,
 * 200 adu per mV).
 *
 * @throws AppError `corrupt` for text that is no header, `too-large` beyond the limits of a recording
 */
export function readWfdbHeader(text: string): WfdbHeader {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines.length > MAX_LINES)
    throw new AppError('too-large', `A WFDB header of ${lines.length} lines is not read.`);
  const comments = lines.filter((line) => line.startsWith('#')).map((line) => line.slice(1).trim());
  const [recordLine = '', ...rest] = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const record = /^([\w-]+)(?:\/(\d{1,6}))?\s+(\d{1,6})(?:\s+(.*))?$/.exec(recordLine);
  if (!record) {
    throw new AppError('corrupt', 'This is no WFDB header: the first line names no record and signals.');
  }
  const [rateText = '', samples, time, date] = (record[4] ?? '').split(/\s+/);
  const rate = RATE.exec(rateText);
  const isMulti = record[2] !== undefined;
  const count = Number(isMulti ? record[2] : record[3]);
  if (rest.length < count) {
    const what = isMulti ? 'segments' : 'signals';
    throw new AppError('corrupt', `The WFDB header announces ${count} ${what} and describes ${rest.length}.`);
  }
  if (!isMulti) checkSize(count, 0);
  const listed = rest.slice(0, count);
  return {
    name: record[1]!,
    fs: rate ? Number(rate[1]) : 250,
    startSeconds: rate?.[3] && Number(rate[2]) > 0 ? Number(rate[3]) / Number(rate[2]) || 0 : 0,
    samples: /^\d+$/.test(samples ?? '') && Number(samples) > 0 ? Number(samples) : null,
    startTime: startTimeOf(time, date),
    signals: isMulti ? [] : listed.map(readSignalLine),
    segments: isMulti ? listed.map(readSegmentLine) : null,
    comments,
  };
}

function readSegmentLine(line: string): WfdbSegment {
  const [name = '', samples = ''] = line.split(/\s+/);
  if (!/^(~|[\w-]+)$/.test(name) || !/^\d{1,12}$/.test(samples)) {
    throw new AppError(
      'corrupt',
      `The WFDB segment line "${line.slice(0, 80)}" names no segment and length.`,
    );
  }
  return { name, samples: Number(samples) };
}

function readSignalLine(line: string): WfdbSignalLine {
  const [fileName, spec, scale = '', , zero = '0', initial, checksum, , ...description] = line.split(/\s+/);
  const format = /^(\d{1,3})(?:x(\d{1,4}))?(?::(\d{1,9}))?(?:\+(\d{1,12}))?$/.exec(spec ?? '');
  if (!fileName || !format) {
    throw new AppError('corrupt', `The WFDB signal line "${line.slice(0, 80)}" has no format.`);
  }
  const gain = /^([-+\d.eE]+)?(?:\(([-+]?\d+)\))?(?:\/(\S+))?$/.exec(scale);
  return {
    fileName,
    format: Number(format[1]),
    samplesPerFrame: Number(format[2] ?? 1) || 1,
    skew: Number(format[3] ?? 0),
    byteOffset: Number(format[4] ?? 0),
    aduPerUnit: Number(gain?.[1] ?? 0) || 200,
    baseline: Number(gain?.[2] ?? zero) || 0,
    unit: gain?.[3] ?? 'mV',
    initial: Number(initial ?? zero) || 0,
    checksum: checksum === undefined || !/^[-+]?\d+$/.test(checksum) ? null : Number(checksum),
    description: description.join(' '),
  };
}

/** WFDB writes `13:14:15.5 29/02/2024`; hours and minutes may be left out from the front. */
function startTimeOf(time = '', date = ''): string | null {
  const day = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(date);
  const clock = /^(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,2})(\.\d+)?$/.exec(time);
  if (!day || !clock) return null;
  const two = (text = '0') => text.padStart(2, '0');
  const fraction = clock[4] && Number(clock[4]) > 0 ? Number(clock[4]).toFixed(3).slice(1) : '';
  return `${day[3]}-${two(day[2])}-${two(day[1])}T${two(clock[1])}:${two(clock[2])}:${two(clock[3])}${fraction}`;
}
