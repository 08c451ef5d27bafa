import { AppError } from '../../shared/app-error.ts';
import { latin1 } from '../signal/byte-reader.ts';
import { checkSize } from '../signal/ecg-signal.ts';
import { readWfdbFiles } from './read-wfdb-files.ts';
import { readWfdbHeader, type WfdbHeader, type WfdbSegment } from './read-wfdb-header.ts';

/** One signal of a record in physical units. */
export interface WfdbSignal {
  readonly description: string;
  readonly unit: string;
  /** Samples in each frame: the signal's rate is so many times that of the record. */
  readonly samplesPerFrame: number;
  /** In `unit`, NaN where the record has no sample. */
  readonly values: Float32Array;
}

export interface WfdbRecord {
  readonly name: string;
  /** Frames per second. */
  readonly fs: number;
  readonly startSeconds: number;
  readonly startTime: string | null;
  readonly signals: readonly WfdbSignal[];
  readonly comments: readonly string[];
}

/**
 * Reads a WFDB record: formats 8, 16, 24, 32, 61, 80, 160, 212, 310 and 311 in any number of files, several samples
 * per frame, skews, offsets, and records of several segments, of fixed or variable layout.
 *
 * @param headerText content of `NAME.hea`
 * @param readFile gives the bytes of a signal file, or of the header of a segment, named in the header
 * @throws AppError `unsupported` for other formats, `corrupt` when samples are missing or a checksum does not hold,
 *   `too-large` beyond the limits of a recording
 *
 * @example
 * readWfdb(header, () => data).signals[1].values; // Float32Array of lead II, millivolts
 */
export function readWfdb(headerText: string, readFile: (fileName: string) => Uint8Array): WfdbRecord {
  const header = readWfdbHeader(headerText);
  const files = new Map<string, Uint8Array>();
  // A record may name the same segment over and over.
  const readOnce = (fileName: string): Uint8Array => {
    const bytes = files.get(fileName) ?? readFile(fileName);
    files.set(fileName, bytes);
    return bytes;
  };
  const signals = header.segments ? readSegments(header.segments, readOnce) : readWfdbFiles(header, readOnce);
  const { name, fs, startSeconds, startTime, comments } = header;
  return { name, fs, startSeconds, startTime, signals, comments };
}

function readSegments(
  segments: readonly WfdbSegment[],
  readFile: (fileName: string) => Uint8Array,
): WfdbSignal[] {
  const headerOf = (name: string): WfdbHeader => {
    const inner = readWfdbHeader(latin1(readFile(`${name}.hea`)));
    if (inner.segments)
      throw new AppError('corrupt', `Segment ${name} of the WFDB record has segments itself.`);
    return inner;
  };
  const named = segments.find(({ name }) => name !== '~');
  if (!named) throw new AppError('corrupt', 'The WFDB record consists of gaps only.');
  // A first segment of no length says which signals there are; else the first one's signals are those of all.
  const layout = headerOf(named.name).signals;
  const frames = segments.reduce((total, { samples }) => total + samples, 0);
  const perFrame = layout.reduce((total, { samplesPerFrame }) => total + samplesPerFrame, 0);
  checkSize(1, frames * perFrame);
  const signals = layout.map(({ description, unit, samplesPerFrame }) => ({
    description,
    unit,
    samplesPerFrame,
    values: new Float32Array(frames * samplesPerFrame).fill(NaN),
  }));
  const isVariable = segments[0]!.samples === 0;
  let at = 0;
  for (const { name, samples } of segments) {
    if (name !== '~' && samples > 0) {
      const parts = readWfdbFiles({ ...headerOf(name), samples }, readFile);
      for (const [i, part] of parts.entries()) {
        const target = isVariable
          ? signals.find(({ description }) => description === part.description)
          : signals[i];
        if (!target) continue;
        if (target.samplesPerFrame !== part.samplesPerFrame || target.unit !== part.unit) {
          throw new AppError(
            'corrupt',
            `Segment ${name} of the WFDB record scales ${part.description} otherwise.`,
          );
        }
        target.values.set(part.values, at * target.samplesPerFrame);
      }
    }
    at += samples;
  }
  return signals;
}
