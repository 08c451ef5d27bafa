import { parquetMetadata, type FileMetaData } from 'hyparquet';
import { AppError } from '../../shared/app-error.ts';
import { columnOf, columnsOf, type Column } from '../csv/column-name.ts';
import { signalOfTable } from '../csv/raw-table.ts';
import { readWideTable } from '../csv/read-wide-table.ts';
import { latin1 } from '../signal/byte-reader.ts';
import { checkSize, ecgSignal, type EcgSignal } from '../signal/ecg-signal.ts';
import type { ReadHints } from '../signal/read-hints.ts';
import { readParquetColumn } from './read-parquet-column.ts';
import { PARQUET_KEY } from './write-parquet.ts';

function isParquet(bytes: Uint8Array): boolean {
  return (
    bytes.length > 12 && latin1(bytes.subarray(0, 4)) === 'PAR1' && latin1(bytes.subarray(-4)) === 'PAR1'
  );
}

/**
 * Reads a Parquet table with a column per lead as a recording: one of ours, or any flat one that pandas or Arrow write
 * (numbers, plain or by dictionary, Snappy, gzip or Zstandard). Columns are taken as
 * those of a CSV are.
 *
 * @throws AppError `corrupt`, `unsupported` for other codecs and encodings, `too-large`
 */
export function readParquet(bytes: Uint8Array, hints: ReadHints = {}): EcgSignal {
  try {
    return read(bytes, hints);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    // The packages that take the file apart throw whatever reading past its end throws.
    throw new AppError('corrupt', 'The Parquet file is damaged: it cannot be taken apart.', {
      cause: thrown,
    });
  }
}

function read(bytes: Uint8Array, hints: ReadHints): EcgSignal {
  if (!isParquet(bytes))
    throw new AppError('corrupt', 'This is no Parquet file: PAR1 is missing at its ends.');
  const meta = parquetMetadata(bytes);
  const rows = Number(meta.num_rows);
  const names = meta.schema.filter(({ type, num_children }) => type && !num_children).map(({ name }) => name);
  checkSize(names.length, rows);
  const columns: { name: string; values: Float64Array }[] = [];
  const remarks: string[] = [];
  for (const name of names) {
    const { type, isFlat } = describe(meta, name);
    if (!isFlat || !/^(INT32|INT64|FLOAT|DOUBLE)$/.test(type)) {
      remarks.push(`The column "${name}" is left out: it holds no numbers.`);
      continue;
    }
    columns.push({ name, values: readColumn(bytes, meta, name, rows) });
  }
  const titles = columns.map(({ name }) => name);
  const table = { titles, rows, value: (row: number, column: number) => columns[column]!.values[row]! };
  const about = ownMetadata(meta);
  const raw = readWideTable(table, about ? titles.map(ownColumn) : columnsOf(titles, hints));
  if (about) return ecgSignal({ ...signalOfTable({ ...raw, fs: about.fs }, hints), ...about });
  return signalOfTable({ ...raw, remarks: [...remarks, ...raw.remarks] }, hints);
}

/** Our own columns are millivolts, however large. */
function ownColumn(title: string): Column {
  if (title === 'time_s') return columnOf(title);
  return { kind: 'lead', name: title, millivoltsPerUnit: 1, standard: true };
}

function describe(
  { schema }: FileMetaData,
  name: string,
): { type: string; isFlat: boolean; isOptional: boolean } {
  const element = schema.find((candidate) => candidate.name === name)!;
  return {
    type: element.type ?? '',
    isFlat: element.repetition_type !== 'REPEATED' && schema.length === 1 + (schema[0]?.num_children ?? 0),
    isOptional: element.repetition_type === 'OPTIONAL',
  };
}

function readColumn(bytes: Uint8Array, meta: FileMetaData, name: string, rows: number): Float64Array {
  const values = new Float64Array(rows).fill(NaN);
  let at = 0;
  for (const group of meta.row_groups) {
    const chunk = group.columns.find(
      (column) => column.meta_data?.path_in_schema.join('.') === name,
    )?.meta_data;
    const groupRows = Number(group.num_rows);
    if (!chunk || !(groupRows >= 0 && at + groupRows <= rows)) {
      throw new AppError('corrupt', `The Parquet file lacks a part of its column ${name}.`);
    }
    const data = Number(chunk.data_page_offset);
    const dictionary = Number(chunk.dictionary_page_offset ?? 0);
    const start = dictionary > 0 && dictionary < data ? dictionary : data;
    const { type, isOptional } = describe(meta, name);
    const part = bytes.subarray(start, start + Number(chunk.total_compressed_size));
    readParquetColumn(
      { name, type, codec: chunk.codec, isOptional, rows: groupRows, bytes: part },
      values,
      at,
    );
    at += groupRows;
  }
  if (at !== rows) throw new AppError('corrupt', `The Parquet file promises ${rows} rows and has ${at}.`);
  return values;
}

/** What our own files say about themselves; null for those of others. */
function ownMetadata(meta: FileMetaData): (Partial<EcgSignal> & { fs: number }) | null {
  const text = meta.key_value_metadata?.find(({ key }) => key === PARQUET_KEY)?.value;
  if (!text) return null;
  let about: Record<string, unknown>;
  try {
    about = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
  if (typeof about !== 'object' || about === null || typeof about['fs'] !== 'number') return null;
  const string = (key: string) => (typeof about[key] === 'string' ? about[key] : null);
  const { comments, startSeconds } = about;
  return {
    fs: about['fs'],
    startSeconds: typeof startSeconds === 'number' ? startSeconds : 0,
    startTime: string('startTime'),
    recordId: string('recordId'),
    patientId: string('patientId'),
    comments: Array.isArray(comments) ? comments.filter((line) => typeof line === 'string') : [],
  };
}
