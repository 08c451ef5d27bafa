import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { readLeadTableCsv } from '../../formats/csv/read-lead-table-csv.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { hasScanExtension } from '../library/scan-extensions.ts';

/** A scan whose signals are known. */
export interface ReferencePage {
  /** Name of the folder it lies in. */
  readonly folder: string;
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly truth: LeadTable;
}

/** The scans that come with the program, in the sources; a package keeps them elsewhere and says where. */
export const BUNDLED_SCANS = fileURLToPath(new URL('../../../resources/samples', import.meta.url));

/**
 * Scans below a folder beside which a table of their signals lies, `NAME.csv`; see docs/formats.md. Tables of something else
 * are passed over.
 *
 * @throws AppError `not-found` when there is none; `corrupt`, `unsupported` for a table that cannot be read, naming it
 */
export async function findReferencePages(root: string): Promise<ReferencePage[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError('not-found', `There is no readable folder ${root}.`, { cause });
  });
  const pages: ReferencePage[] = [];
  const files = entries.filter((entry) => entry.isFile());
  for (const entry of files) {
    if (!hasScanExtension(entry.name)) continue;
    const stem = basename(entry.name, extname(entry.name));
    if (!files.some(({ name, parentPath }) => name === `${stem}.csv` && parentPath === entry.parentPath))
      continue;
    const truth = await readTruth(join(entry.parentPath, `${stem}.csv`));
    if (!truth) continue;
    const folder = relative(root, entry.parentPath) || basename(root);
    pages.push({ folder, name: entry.name, path: join(entry.parentPath, entry.name), truth });
  }
  if (pages.length === 0)
    throw new AppError('not-found', `No scan with its signals (NAME.csv) lies below ${root}.`);
  return pages.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function readTruth(path: string): Promise<LeadTable | null> {
  const text = await readFile(path, 'utf8');
  if (!/^\uFEFF?[^\r\n]*\btime_s\b/.test(text)) return null;
  try {
    return readLeadTableCsv(text);
  } catch (thrown) {
    const error = toAppError(thrown);
    throw new AppError(error.code, `${path}: ${error.message}`, { cause: thrown });
  }
}
