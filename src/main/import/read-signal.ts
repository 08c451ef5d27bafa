import { posix } from 'node:path';
import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { readAecg } from '../../formats/aecg/read-aecg.ts';
import { readLeadTableCsv } from '../../formats/csv/read-lead-table-csv.ts';
import { readBareTable } from '../../formats/kaggle/read-bare-table.ts';
import { tableFromSignal } from '../../formats/signal/lead-table-signal.ts';
import { readWfdb } from '../../formats/wfdb/read-wfdb.ts';
import { readWfdbHeader } from '../../formats/wfdb/read-wfdb-header.ts';
import { AppError } from '../../shared/app-error.ts';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';
import type { SignalFile } from './pair-scans.ts';
import { readListed } from './walk-folder.ts';

/** What helps to read signals that do not say everything themselves. */
export interface SignalHints {
  /** Samples per second by record. */
  readonly rates: ReadonlyMap<string, number>;
  /** Length of tables whose rate nobody says, seconds. */
  readonly seconds: number;
}

const MOST_BYTES = 256 * 1024 * 1024;
const MICROVOLTS = /^(u|µ|μ)v$/i;

/**
 * Reads the signals of a file below `root`. Files that a header names are looked for beside it, nowhere else.
 *
 * @throws AppError `corrupt`, `unsupported`, `too-large`, `forbidden`
 */
export async function readSignal(
  root: string,
  { path, kind }: SignalFile,
  hints: SignalHints,
): Promise<LeadTable> {
  const bytes = await readListed(root, path, { most: MOST_BYTES });
  if (kind === 'table') return readLeadTableCsv(bytes.toString('utf8'));
  if (kind === 'bare') {
    const record = posix.basename(path, posix.extname(path));
    return readBareTable(bytes.toString('utf8'), {
      fs: hints.rates.get(record) ?? null,
      seconds: hints.seconds,
    });
  }
  if (kind === 'aecg') return tableFromSignal(readAecg(bytes));
  const text = bytes.toString('latin1');
  const parts = new Map<string, Uint8Array>();
  for (const { fileName } of readWfdbHeader(text).signals) {
    if (!/^[\w.-]+$/.test(fileName) || fileName.startsWith('.')) {
      throw new AppError('forbidden', `"${path}" names a file outside of its folder: "${fileName}".`);
    }
    if (!parts.has(fileName)) {
      parts.set(
        fileName,
        await readListed(root, posix.join(posix.dirname(path), fileName), { most: MOST_BYTES }),
      );
    }
  }
  const { fs, signals } = readWfdb(text, (fileName) => parts.get(fileName)!);
  const leads = new Map<LeadName, Float32Array>();
  for (const { description, unit, values } of signals) {
    const name = description.trim().toLowerCase();
    const lead = LEAD_NAMES.find((known) => known.toLowerCase() === name);
    if (lead) leads.set(lead, MICROVOLTS.test(unit) ? values.map((value) => value / 1000) : values);
  }
  if (leads.size === 0)
    throw new AppError('unsupported', `"${path}" has no signal named after a standard lead.`);
  return { fs, startSeconds: 0, leads };
}

/** A stretch of a table, on a clock that begins with it. */
export function cutTable({ fs, startSeconds, leads }: LeadTable, from: number, seconds: number): LeadTable {
  const first = Math.round((from - startSeconds) * fs);
  const cut = [...leads].map(([lead, values]) => {
    return [lead, values.slice(Math.max(0, first), first + Math.round(seconds * fs))] as const;
  });
  return { fs, startSeconds: 0, leads: new Map(cut.filter(([, values]) => values.length > 0)) };
}
