import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { printedTable, type ImageKitPage } from '../../formats/ecg-image-kit/read-image-kit.ts';
import { AppError, type ErrorCode } from '../../shared/app-error.ts';
import type { LeadName } from '../../shared/lead-name.ts';
import { cutTable } from './cut-table.ts';
import { keepTable } from './known-signals.ts';
import { readKnownSignal, type KnownSignalHints } from './read-known-signal.ts';

/** Signals of one scan to be read; plain data, so that it can cross to a process. */
export interface KnownSignalTask {
  readonly root: string;
  /** File below `root`. */
  readonly path: string;
  readonly hints: KnownSignalHints;
  /** What of the record is printed on the scan, where something says so. */
  readonly printed: ImageKitPage | null;
  /** Which page of its record the scan is, from 0. */
  readonly part: number | null;
  /** Where they are kept; null to look only. */
  readonly to: string | null;
}

/** What was read, in short. */
export interface KnownSignalFacts {
  readonly fs: number;
  readonly seconds: number;
  readonly leads: readonly LeadName[];
  readonly remarks: readonly string[];
}

/** A page of ECG-Image-Kit shows this much of its record. */
const PART_SECONDS = 10;

/** The signals that a scan shows, on its clock. @throws AppError as `readKnownSignal` */
export async function readPrintedSignal(
  task: Omit<KnownSignalTask, 'to'>,
): Promise<{ readonly table: LeadTable; readonly remarks: readonly string[] }> {
  const { root, path, hints, printed, part } = task;
  const { table, remarks } = await readKnownSignal(root, path, hints);
  if (printed && printed.spans.length > 0) return { table: printedTable(table, printed), remarks };
  return { table: part === null ? table : cutTable(table, part * PART_SECONDS, PART_SECONDS), remarks };
}

/** What came of it: a file that cannot be read is an answer, not a fault of the process. */
export type KnownSignalAnswer =
  | { readonly facts: KnownSignalFacts }
  | { readonly problem: { readonly code: ErrorCode; readonly message: string } };

/** Reads the signals of a scan and keeps them. */
export async function takeKnownSignal(task: KnownSignalTask): Promise<KnownSignalAnswer> {
  try {
    const { table, remarks } = await readPrintedSignal(task);
    if (task.to !== null) await keepTable(task.to, table);
    const samples = [...table.leads.values()].reduce((most, { length }) => Math.max(most, length), 0);
    return { facts: { fs: table.fs, seconds: samples / table.fs, leads: [...table.leads.keys()], remarks } };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return { problem: { code: thrown.code, message: thrown.message } };
  }
}
