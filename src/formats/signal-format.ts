import type { SignalFormatId } from '../shared/signal-formats.ts';
import { writeAecg } from './aecg/write-aecg.ts';
import { writeLongCsv } from './csv/write-long-csv.ts';
import { writeWideText } from './csv/write-wide-text.ts';
import { writeDicom } from './dicom/write-dicom.ts';
import { writeEdf } from './edf/write-edf.ts';
import { writeFhir } from './fhir/write-fhir.ts';
import { writeMatSignal } from './mat/mat-signal.ts';
import { writeNpySignal } from './npy/npy-signal.ts';
import { writeNpz } from './npy/npz.ts';
import { writeParquet } from './parquet/write-parquet.ts';
import type { EcgSignal } from './signal/ecg-signal.ts';
import { writeWfdbSignal } from './wfdb/write-wfdb.ts';

/** One file of a recording, still without a place. */
export interface SignalFile {
  /** One of the format's suffixes. */
  readonly suffix: string;
  readonly bytes: Uint8Array | string;
}

/** A recording as one kind of file. */
type Encode = (signal: EcgSignal) => Uint8Array | string;

const SINGLE_FILES: Readonly<Record<Exclude<SignalFormatId, 'wfdb'>, readonly [suffix: string, Encode]>> = {
  csv: ['.csv', (signal) => writeWideText(signal, ',')],
  'csv-long': ['.long.csv', writeLongCsv],
  tsv: ['.tsv', (signal) => writeWideText(signal, '\t')],
  edf: ['.edf', writeEdf],
  mat: ['.mat', writeMatSignal],
  npy: ['.npy', writeNpySignal],
  npz: ['.npz', writeNpz],
  parquet: ['.parquet', writeParquet],
  dicom: ['.dcm', writeDicom],
  fhir: ['.fhir.json', writeFhir],
  aecg: ['.aecg.xml', writeAecg],
};

/**
 * Writes a recording in a format of `SIGNAL_FORMATS`; same recording, same bytes. docs/formats.md says what each keeps.
 *
 * @param record WFDB record name, see `toWfdbRecordName`
 * @throws AppError `usage` for a record name that WFDB tools refuse
 *
 * @example
 * writeSignal('edf', signal, 'page-1'); // [{ suffix: '.edf', bytes }]
 */
export function writeSignal(
  format: SignalFormatId,
  signal: EcgSignal,
  record: string,
): readonly SignalFile[] {
  if (format === 'wfdb') {
    const { header, data } = writeWfdbSignal(record, signal);
    return [
      { suffix: '.dat', bytes: data },
      { suffix: '.hea', bytes: header },
    ];
  }
  const [suffix, encode] = SINGLE_FILES[format];
  return [{ suffix, bytes: encode(signal) }];
}
