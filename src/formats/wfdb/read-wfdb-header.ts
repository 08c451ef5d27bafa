import { AppError } from '../../shared/app-error.ts';

/** One signal line of a WFDB header. */
export interface WfdbSignalLine {
  readonly fileName: string;
  readonly format: number;
  /** Bytes before the first sample of the file. */
  readonly byteOffset: number;
  readonly aduPerUnit: number;
  /** Sample value of 0 physical units. */
  readonly baseline: number;
  readonly unit: string;
  /** 16-bit sum of all samples; null when the header does not say. */
  readonly checksum: number | null;
  readonly description: string;
}

/** A single-segment WFDB header. */
export interface WfdbHeader {
  readonly name: string;
  readonly fs: number;
  /** Samples per signal; null when the header leaves it to the file's size. */
  readonly samples: number | null;
  readonly signals: readonly WfdbSignalLine[];
  readonly comments: readonly string[];
}

/**
 * Reads a WFDB header (header(5) of the WFDB Applications Guide); fields left out take the guide's defaults (250 Hz,
 * 200 adu per mV).
 *
 * @throws AppError `corrupt` for text that is no header, `unsupported` for multi-segment records and for several
 *   samples per frame
 */
export function readWfdbHeader(text: string): WfdbHeader {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const comments = lines.filter((line) => line.startsWith('#')).map((line) => line.slice(1).trim());
  const [recordLine, ...rest] = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const record = /^([\w-]+)(\/\d+)?\s+(\d+)(?:\s+([\d.]+)\S*(?:\s+(\d+))?)?/.exec(recordLine ?? '');
  if (!record) {
    throw new AppError('corrupt', 'This is no WFDB header: the first line names no record and signals.');
  }
  if (record[2]) throw new AppError('unsupported', 'WFDB records of several segments are not read.');
  const count = Number(record[3]);
  if (rest.length < count) {
    throw new AppError('corrupt', `The WFDB header announces ${count} signals and describes ${rest.length}.`);
  }
  return {
    name: record[1]!,
    fs: record[4] ? Number(record[4]) : 250,
    samples: record[5] && Number(record[5]) > 0 ? Number(record[5]) : null,
    signals: rest.slice(0, count).map(readSignalLine),
    comments,
  };
}

function readSignalLine(line: string): WfdbSignalLine {
  const [fileName, spec, scale = '', , zero = '0', , checksum, , ...description] = line.split(/\s+/);
  const format = /^(\d+)(?:x(\d+))?(?::\d+)?(?:\+(\d+))?$/.exec(spec ?? '');
  if (!fileName || !format) throw new AppError('corrupt', `The WFDB signal line "${line}" has no format.`);
  if (format[2] && format[2] !== '1') {
    throw new AppError('unsupported', 'WFDB signals with several samples per frame are not read.');
  }
  const gain = /^([-+\d.eE]+)?(?:\((-?\d+)\))?(?:\/(\S+))?$/.exec(scale);
  return {
    fileName,
    format: Number(format[1]),
    byteOffset: Number(format[3] ?? 0),
    aduPerUnit: Number(gain?.[1] ?? 0) || 200,
    baseline: Number(gain?.[2] ?? zero),
    unit: gain?.[3] ?? 'mV',
    checksum: checksum === undefined ? null : Number(checksum),
    description: description.join(' '),
  };
}
