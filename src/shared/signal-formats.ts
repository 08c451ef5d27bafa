/** What a format of signals is called and which files it makes. */
export interface SignalFormatWords {
  readonly id: string;
  readonly title: string;
  /** What it holds, in a few words. */
  readonly detail: string;
  /** Ends of the files' names. */
  readonly suffixes: readonly string[];
}

/** The formats in which signals are written, in the order in which they are offered. */
export const SIGNAL_FORMATS = [
  { id: 'csv', title: 'CSV', detail: 'time and 12 leads in millivolts', suffixes: ['.csv'] },
  { id: 'csv-long', title: 'CSV, long', detail: 'a row per lead and sample', suffixes: ['.long.csv'] },
  { id: 'tsv', title: 'TSV', detail: 'as CSV, with tabs', suffixes: ['.tsv'] },
  { id: 'wfdb', title: 'WFDB', detail: '.hea and .dat for PhysioNet tools', suffixes: ['.dat', '.hea'] },
  { id: 'edf', title: 'EDF+', detail: 'with annotations for gaps', suffixes: ['.edf'] },
  { id: 'mat', title: 'MAT', detail: 'MATLAB, version 5', suffixes: ['.mat'] },
  { id: 'npy', title: 'NPY', detail: 'NumPy, samples alone', suffixes: ['.npy'] },
  { id: 'npz', title: 'NPZ', detail: 'NumPy, samples, leads and rate', suffixes: ['.npz'] },
  { id: 'parquet', title: 'Parquet', detail: 'a column per lead', suffixes: ['.parquet'] },
  { id: 'dicom', title: 'DICOM', detail: '12-lead ECG waveform', suffixes: ['.dcm'] },
  { id: 'fhir', title: 'FHIR', detail: 'R4 Observation, sampled data', suffixes: ['.fhir.json'] },
  { id: 'aecg', title: 'HL7 aECG', detail: 'annotated ECG, XML', suffixes: ['.aecg.xml'] },
] as const satisfies readonly SignalFormatWords[];

/** A format of signals. */
export type SignalFormatId = (typeof SIGNAL_FORMATS)[number]['id'];

/** Whether `id` names a format of signals. */
export function isSignalFormatId(id: string): id is SignalFormatId {
  return SIGNAL_FORMATS.some((format) => format.id === id);
}
