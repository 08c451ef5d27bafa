import { AppError } from '../../shared/app-error.ts';
import { decodeFormat16, decodeFormat212 } from './decode-samples.ts';
import { readWfdbHeader, type WfdbHeader, type WfdbSignalLine } from './read-wfdb-header.ts';

/** One signal of a record in physical units. */
export interface WfdbSignal {
  readonly description: string;
  readonly unit: string;
  /** In `unit`, NaN where the record has no sample. */
  readonly values: Float32Array;
}

export interface WfdbRecord {
  readonly name: string;
  readonly fs: number;
  readonly signals: readonly WfdbSignal[];
  readonly comments: readonly string[];
}

const DECODERS: Record<number, { invalid: number; decode: (bytes: Uint8Array) => Int16Array }> = {
  16: { invalid: -32768, decode: decodeFormat16 },
  212: { invalid: -2048, decode: decodeFormat212 },
};

/**
 * Reads a single-segment WFDB record of formats 16 and 212.
 *
 * @param headerText content of `NAME.hea`
 * @param readFile gives the bytes of a signal file named in the header
 * @throws AppError `unsupported` for other formats, `corrupt` when samples are missing or a checksum does not hold
 *
 * @example
 * readWfdb(header, () => data).signals[1].values; // Float32Array of lead II, millivolts
 */
export function readWfdb(headerText: string, readFile: (fileName: string) => Uint8Array): WfdbRecord {
  const header = readWfdbHeader(headerText);
  const signals: WfdbSignal[] = new Array(header.signals.length);
  for (const fileName of new Set(header.signals.map((line) => line.fileName))) {
    const members = [...header.signals.keys()].filter((i) => header.signals[i]!.fileName === fileName);
    const interleaved = decodeFile(header, header.signals[members[0]!]!, members.length, readFile(fileName));
    members.forEach((index, place) => {
      signals[index] = toPhysical(header.signals[index]!, interleaved, place, members.length);
    });
  }
  return { name: header.name, fs: header.fs, signals, comments: header.comments };
}

function decodeFile(
  header: WfdbHeader,
  line: WfdbSignalLine,
  channels: number,
  bytes: Uint8Array,
): Int16Array {
  const format = DECODERS[line.format];
  if (!format) {
    throw new AppError('unsupported', `WFDB format ${line.format} is not read here, only 16 and 212.`);
  }
  const all = format.decode(bytes.subarray(line.byteOffset));
  const samples = header.samples ?? Math.floor(all.length / channels);
  if (all.length < samples * channels) {
    throw new AppError(
      'corrupt',
      `${line.fileName} holds ${all.length} samples where the header promises ${samples * channels}.`,
    );
  }
  return all.subarray(0, samples * channels);
}

function toPhysical(
  line: WfdbSignalLine,
  interleaved: Int16Array,
  place: number,
  channels: number,
): WfdbSignal {
  const { invalid } = DECODERS[line.format]!;
  const values = new Float32Array(interleaved.length / channels);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const sample = interleaved[i * channels + place]!;
    sum = (sum + sample) | 0;
    values[i] = sample === invalid ? NaN : (sample - line.baseline) / line.aduPerUnit;
  }
  if (line.checksum !== null && ((line.checksum - sum) & 0xffff) !== 0) {
    throw new AppError('corrupt', `Signal ${line.description || line.fileName} does not match its checksum.`);
  }
  return { description: line.description, unit: line.unit, values };
}
