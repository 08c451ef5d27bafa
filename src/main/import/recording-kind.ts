import { posix } from 'node:path';
import { columnsOf, type Column } from '../../formats/csv/column-name.ts';
import { readDelimitedText, type DelimitedText } from '../../formats/csv/delimited-text.ts';
import { isLongForm } from '../../formats/csv/read-long-table.ts';
import { signalReaderOf } from '../../formats/read-signal.ts';
import type { ReadHints } from '../../formats/signal/read-hints.ts';

/**
 * Kinds of files that hold signals, the one that is taken of several first: Tracewright's own tables (`time_s`) tell most
 * about the page's clock, `bare` tables have leads and no clock; the others are readers of `SIGNAL_READERS`.
 */
export const SIGNAL_KINDS = [
  ...(['table', 'bare', 'wfdb', 'edf', 'dicom', 'aecg', 'muse', 'scp'] as const),
  ...(['fhir', 'parquet', 'npz', 'mat', 'npy', 'text'] as const),
] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** What the beginning of a file tells about the signals in it. */
export type Recording =
  | { readonly kind: SignalKind }
  /** A table of numbers none of whose columns is called after a lead. */
  | { readonly kind: null; readonly titles: readonly string[] };

/** How much of a file is looked at, bytes. */
export const RECORDING_HEAD_BYTES = 4096;

const BY_EXTENSION: Readonly<Record<string, SignalKind>> = {
  '.hea': 'wfdb',
  '.edf': 'edf',
  '.scp': 'scp',
  '.mat': 'mat',
  '.npy': 'npy',
  '.npz': 'npz',
  '.parquet': 'parquet',
};
const TEXT = /^\.(csv|tsv|txt)$/;
/** Storage of waveforms (DICOM PS3.4 B.5): the other classes are pictures. */
const WAVEFORM_CLASS = '1.2.840.10008.5.1.4.1.1.9.';

/** Whether the beginning of a file has to be seen to know; others are known by their names, or not at all. */
export function wantsHead(path: string): boolean {
  return /\.(xml|csv|tsv|txt|json|dcm|dicom)$/i.test(path);
}

/**
 * Says whether a file may hold signals, and of which kind. Null for files of other sorts.
 *
 * @param head its first `RECORDING_HEAD_BYTES`; none where `wantsHead` does not ask for them
 * @param hints what a person says about tables that do not name their leads
 */
export function recordingKind(path: string, head: Buffer, hints: ReadHints = {}): Recording | null {
  const extension = posix.extname(path).toLowerCase();
  const known = BY_EXTENSION[extension];
  if (known) return { kind: known };
  if (TEXT.test(extension)) return tableKind(head, hints);
  const latin = head.toString('latin1');
  if (extension === '.dcm' || extension === '.dicom') {
    return latin.slice(128, 132) === 'DICM' && latin.includes(WAVEFORM_CLASS) ? { kind: 'dicom' } : null;
  }
  const reader = signalReaderOf(head)?.id;
  if (extension === '.xml') return reader === 'aecg' || reader === 'muse' ? { kind: reader } : null;
  if (extension !== '.json') return null;
  return /"resourceType"\s*:\s*"(Observation|Bundle)"/.test(latin) ? { kind: 'fhir' } : null;
}

function tableKind(head: Buffer, hints: ReadHints): Recording | null {
  const text = firstRows(head);
  if (!text) return null;
  const { header, rows, units } = text;
  if (!header) {
    // Eight leads, twelve, or twelve behind a clock.
    return hints.leadNames || [8, 12, 13].includes(rows[0]?.length ?? 0) ? { kind: 'text' } : null;
  }
  const columns = columnsOf(header, hints, units);
  const has = (kind: Column['kind']): boolean => columns.some((column) => column.kind === kind);
  if (isLongForm(columns)) return { kind: 'text' };
  if (columns.some((column) => column.kind === 'lead' && column.standard)) {
    if (header.includes('time_s') && head.includes(',')) return { kind: 'table' };
    return { kind: has('time') ? 'text' : 'bare' };
  }
  const isNumbers = rows[0]?.every((cell) => cell === '' || !Number.isNaN(Number(cell.replace(',', '.'))));
  return isNumbers && header.length > 1 ? { kind: null, titles: header } : null;
}

/** The first rows of a table; its first line alone where the others do not fit it. */
function firstRows(head: Buffer): DelimitedText | null {
  const isCut = head.length >= RECORDING_HEAD_BYTES;
  const end = isCut ? head.lastIndexOf(0x0a) : head.length;
  const first = head.indexOf(0x0a);
  for (const length of [end, first < 0 ? end : first]) {
    try {
      const text = readDelimitedText(head.subarray(0, length));
      if (text.header || text.rows.length > 0) return text;
    } catch {
      // The next try takes less of it.
    }
  }
  return null;
}
