import { AppError } from '../shared/app-error.ts';
import { readAecg } from './aecg/read-aecg.ts';
import { readSignalText } from './csv/read-signal-text.ts';
import { isDicom, readDicomWaveform } from './dicom/read-dicom-waveform.ts';
import { isEdf } from './edf/edf-header.ts';
import { readEdf } from './edf/read-edf.ts';
import { readFhir } from './fhir/read-fhir.ts';
import { readMatSignal } from './mat/mat-signal.ts';
import { isMat } from './mat/read-mat.ts';
import { readMuse } from './muse/read-muse.ts';
import { readNpySignal } from './npy/npy-signal.ts';
import { readNpz } from './npy/npz.ts';
import { isNpy } from './npy/read-npy.ts';
import { readParquet } from './parquet/read-parquet.ts';
import { readScp } from './scp/read-scp.ts';
import { isScp } from './scp/scp-sections.ts';
import { latin1 } from './signal/byte-reader.ts';
import type { EcgSignal } from './signal/ecg-signal.ts';
import type { ReadHints } from './signal/read-hints.ts';
import { readWfdbSignal } from './wfdb/wfdb-signal.ts';

export interface ReadSignalOptions extends ReadHints {
  /**
   * Gives the bytes of a file beside this one, by a plain name without folders: WFDB headers name their signal files.
   */
  readonly readFile?: (fileName: string) => Uint8Array;
}

/** A kind of file that is read as a recording. */
export interface SignalReader {
  readonly id: string;
  readonly title: string;
  /** Whether a file is of this kind, by its bytes. */
  readonly is: (bytes: Uint8Array, head: string) => boolean;
  readonly read: (bytes: Uint8Array, options: ReadSignalOptions) => EcgSignal;
}

/** The beginning of a text without its byte order mark and, in UTF-16, without the zeros between its letters. */
function start(head: string): string {
  if (/^(?:\xff\xfe|\xfe\xff)/.test(head)) return head.slice(2).replace(/\0/g, '').trimStart();
  return head.replace(/^\xef\xbb\xbf/, '').trimStart();
}

/** All readers, the surest signatures first. */
export const SIGNAL_READERS: readonly SignalReader[] = [
  { id: 'npy', title: 'NPY', is: isNpy, read: readNpySignal },
  { id: 'npz', title: 'NPZ', is: (_, head) => head.startsWith('PK\x03\x04'), read: readNpz },
  { id: 'parquet', title: 'Parquet', is: (_, head) => head.startsWith('PAR1'), read: readParquet },
  { id: 'dicom', title: 'DICOM', is: isDicom, read: readDicomWaveform },
  { id: 'scp', title: 'SCP-ECG', is: isScp, read: readScp },
  { id: 'edf', title: 'EDF', is: isEdf, read: readEdf },
  {
    id: 'aecg',
    title: 'HL7 aECG',
    is: (_, head) => /<(?:\w+:)?AnnotatedECG[\s>]/.test(start(head)),
    read: readAecg,
  },
  { id: 'muse', title: 'MUSE XML', is: (_, head) => /<RestingECG[\s>]/.test(start(head)), read: readMuse },
  { id: 'fhir', title: 'FHIR', is: (_, head) => start(head).startsWith('{'), read: readFhir },
  { id: 'wfdb', title: 'WFDB', is: (_, head) => isWfdbHeader(head), read: readWfdbFile },
  { id: 'mat', title: 'MAT', is: isMat, read: readMatSignal },
  { id: 'text', title: 'CSV or TSV', is: (_, head) => isText(head), read: readSignalText },
];

/** How many leading bytes a signature may stand in. */
const HEAD_BYTES = 4096;

/**
 * Says which kind of recording a file is, by its content alone; null when it is none that is read.
 *
 * @example
 * signalReaderOf(bytes)?.title; // EDF
 */
export function signalReaderOf(bytes: Uint8Array): SignalReader | null {
  const head = latin1(bytes.subarray(0, HEAD_BYTES));
  return SIGNAL_READERS.find((reader) => reader.is(bytes, head)) ?? null;
}

/**
 * Reads a file of any kind of `SIGNAL_READERS` as a recording, whatever its name ends in.
 *
 * @param name file name, for the words of an error
 * @throws AppError naming the file: `unsupported`, `corrupt`, `too-large`
 *
 * @example
 * readSignal(bytes, 'a.edf').leads[0].name; // I
 */
export function readSignal(bytes: Uint8Array, name: string, options: ReadSignalOptions = {}): EcgSignal {
  const reader = signalReaderOf(bytes);
  if (!reader) {
    const titles = SIGNAL_READERS.map(({ title }) => title).join(', ');
    throw new AppError('unsupported', `"${name}" is no recording that is read here: ${titles} are.`);
  }
  try {
    return reader.read(bytes, options);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    throw new AppError(thrown.code, `"${name}": ${thrown.message}`, { cause: thrown });
  }
}

function readWfdbFile(bytes: Uint8Array, { readFile }: ReadSignalOptions): EcgSignal {
  return readWfdbSignal(latin1(bytes), (fileName) => {
    if (!/^[\w-][\w.-]*$/.test(fileName)) {
      throw new AppError('corrupt', `The WFDB header names "${fileName}", which is no file beside it.`);
    }
    if (!readFile)
      throw new AppError('unsupported', `The samples are in "${fileName}", a file beside this header.`);
    return readFile(fileName);
  });
}

/** A record line of at least name and signals, and a signal or segment line behind it. */
function isWfdbHeader(head: string): boolean {
  const [record = '', line = ''] = head
    .split(/\r?\n/)
    .filter((text) => text.trim() !== '' && !text.startsWith('#'));
  if (!/^[\w-]+(\/\d+)?\s+\d+(\s+[\d.]+\S*)?(\s+\d+.*)?$/.test(record.trim())) return false;
  return (
    /^\S+\s+(8|16|24|32|61|80|160|212|310|311|508|516|524)([x:+]\S*)?(\s|$)/.test(line) ||
    /^[\w-]+\/\d+/.test(record)
  );
}

/** Characters, line ends and tabs, in UTF-8 or UTF-16 with its mark, and a number somewhere. */
function isText(head: string): boolean {
  const text = start(head);

  return /\d/.test(text) && !/[\x00-\x08\x0e-\x1f]/.test(text);
}
