import { AppError } from '../../shared/app-error.ts';
import { ByteReader } from '../signal/byte-reader.ts';

/** One signal of an EDF header. */
export interface EdfSignalHeader {
  readonly label: string;
  readonly unit: string;
  readonly physicalMin: number;
  readonly physicalMax: number;
  readonly digitalMin: number;
  readonly digitalMax: number;
  /** Samples in each data record. */
  readonly samples: number;
}

/** Header of an EDF or EDF+ file. */
export interface EdfHeader {
  readonly patient: string;
  readonly recording: string;
  /** As written: `dd.mm.yy` and `hh.mm.ss`. */
  readonly date: string;
  readonly time: string;
  readonly kind: 'EDF' | 'EDF+C' | 'EDF+D';
  /** Bytes before the first data record. */
  readonly headerBytes: number;
  readonly records: number;
  readonly recordSeconds: number;
  readonly signals: readonly EdfSignalHeader[];
}

/** Label of the channel that holds annotations. */
export const ANNOTATIONS = 'EDF Annotations';

/** Whether bytes begin like an EDF file: version 0, and a number of header bytes that fits. */
export function isEdf(bytes: Uint8Array): boolean {
  if (bytes.length < 256) return false;
  const text = new ByteReader(bytes, 'The EDF file').latin1(256);
  return (
    /^0 {7}/.test(text) && /^\d+ *$/.test(text.slice(184, 192)) && /^\d{1,4} *$/.test(text.slice(252, 256))
  );
}

/**
 * Reads the header of an EDF file (https://www.edfplus.info/specs/edf.html).
 *
 * @throws AppError `corrupt` for fields that are no numbers
 */
export function readEdfHeader(bytes: Uint8Array): EdfHeader {
  if (!isEdf(bytes)) throw new AppError('corrupt', 'This is no EDF file: its header is missing or damaged.');
  const from = new ByteReader(bytes, 'The EDF file');
  const field = (length: number) => from.latin1(length).trim();
  field(8);
  const [patient, recording, date, time] = [field(80), field(80), field(8), field(8)];
  const headerBytes = number(field(8), 'header bytes');
  const reserved = field(44);
  const records = number(field(8), 'data records');
  const recordSeconds = number(field(8), 'duration');
  const count = number(field(4), 'signals');
  if (count < 1 || headerBytes !== 256 * (count + 1)) {
    throw new AppError(
      'corrupt',
      `The EDF header of ${count} signals should have ${256 * (count + 1)} bytes.`,
    );
  }
  const column = <T>(length: number, read: (text: string) => T) =>
    Array.from({ length: count }, () => read(field(length)));
  const labels = column(16, (text) => text);
  column(80, () => null);
  const units = column(8, (text) => text);
  const physicalMin = column(8, (text) => number(text, 'physical minimum'));
  const physicalMax = column(8, (text) => number(text, 'physical maximum'));
  const digitalMin = column(8, (text) => number(text, 'digital minimum'));
  const digitalMax = column(8, (text) => number(text, 'digital maximum'));
  column(80, () => null);
  const samples = column(8, (text) => number(text, 'samples'));
  if (samples.some((n) => !Number.isInteger(n) || n < 0 || n > 1e7) || !Number.isInteger(records)) {
    throw new AppError(
      'corrupt',
      'The EDF header counts its samples or records with what is no whole number.',
    );
  }
  return {
    patient,
    recording,
    date,
    time,
    kind: reserved.startsWith('EDF+D') ? 'EDF+D' : reserved.startsWith('EDF+C') ? 'EDF+C' : 'EDF',
    headerBytes,
    records,
    recordSeconds,
    signals: labels.map((label, i) => ({
      label,
      unit: units[i]!,
      physicalMin: physicalMin[i]!,
      physicalMax: physicalMax[i]!,
      digitalMin: digitalMin[i]!,
      digitalMax: digitalMax[i]!,
      samples: samples[i]!,
    })),
  };
}

function number(text: string, what: string): number {
  // Some writers use a decimal comma.
  const value = Number(text.replace(',', '.'));
  if (text === '' || !Number.isFinite(value)) {
    throw new AppError('corrupt', `The EDF header says "${text}" for its ${what}, which is no number.`);
  }
  return value;
}
