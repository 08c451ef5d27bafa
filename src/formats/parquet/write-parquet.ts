import { parquetWriteBuffer } from 'hyparquet-writer';
import { sampleCount, type EcgSignal } from '../signal/ecg-signal.ts';

/** Key of the file's metadata under which everything but the samples stands, as JSON. */
export const PARQUET_KEY = 'ecg';

/**
 * Writes a recording as Parquet: `time_s` (double) and a column of floats per lead, millivolts, null where unseen; rate,
 * start and ids in the file's metadata. Nothing but the sign of a negative zero is lost.
 * Snappy-packed, in row groups of 100,000.
 */
export function writeParquet(signal: EcgSignal): Uint8Array {
  const { fs, startSeconds, startTime, recordId, patientId, comments } = signal;
  const times = Float64Array.from({ length: sampleCount(signal) }, (_, i) => startSeconds + i / fs);
  const about = { fs, startSeconds, startTime, recordId, patientId, unit: 'mV', comments };
  const columns = signal.leads.map(({ name, millivolts }) => ({
    name,
    data: Array.from(millivolts, (value) => (Number.isNaN(value) ? null : value || 0)),
    type: 'FLOAT' as const,
    nullable: true,
  }));
  const file = parquetWriteBuffer({
    columnData: [{ name: 'time_s', data: times, type: 'DOUBLE', nullable: false }, ...columns],
    kvMetadata: [{ key: PARQUET_KEY, value: JSON.stringify(about) }],
    rowGroupSize: 100_000,
    createdBy: 'Tracewright',
  });
  return new Uint8Array(file);
}
