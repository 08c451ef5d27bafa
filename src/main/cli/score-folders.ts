import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { percentile, scoreFolder, type FolderScore } from '../../core/metrics/score-folder.ts';
import { scorePage, type PageScore } from '../../core/metrics/score-page.ts';
import { readLeadTableCsv } from '../../formats/csv/read-lead-table-csv.ts';
import { AppError } from '../../shared/app-error.ts';
import { readPageNotes, type PageNotes } from './read-page-notes.ts';

/** One page of truth against what was digitized. */
export interface ScoredPage {
  readonly name: string;
  readonly score: PageScore;
  /** From the page report beside the prediction; nulls when there is none. */
  readonly notes: PageNotes;
}

/** A folder of truth against its predictions. */
export interface ScoredFolder {
  /** Path relative to the truth, `.` for the truth folder itself. */
  readonly folder: string;
  readonly pages: readonly ScoredPage[];
  readonly summary: FolderScore;
  /** Medians over pages. */
  readonly medianPearson: number;
  readonly medianRmseMicrovolts: number;
}

/**
 * Scores every folder under `truth` that holds signal CSVs against `pred/<same folder>/NAME.csv`; a missing file is a
 * failure. CSVs without a `time_s` column (lists, manifests) are passed over.
 *
 * @throws AppError `not-found` when a folder does not exist or no truth is in it
 */
export async function scoreFolders(truth: string, pred: string): Promise<ScoredFolder[]> {
  for (const folder of [truth, pred]) {
    await readdir(folder).catch((cause: unknown) => {
      throw new AppError('not-found', `There is no readable folder ${folder}.`, { cause });
    });
  }
  const entries = await readdir(truth, { recursive: true, withFileTypes: true });
  const names = new Map<string, string[]>();
  for (const entry of entries) {
    if (!entry.isFile() || !entry.name.toLowerCase().endsWith('.csv')) continue;
    const folder = relative(truth, entry.parentPath) || '.';
    names.set(folder, [...(names.get(folder) ?? []), basename(entry.name, entry.name.slice(-4))]);
  }
  const folders: ScoredFolder[] = [];
  for (const folder of [...names.keys()].sort()) {
    const pages: ScoredPage[] = [];
    for (const name of names.get(folder)!.sort()) {
      const label = await readTable(join(truth, folder, `${name}.csv`));
      if (!label) continue;
      const score = scorePage(label, await readTable(join(pred, folder, `${name}.csv`)));
      pages.push({ name, score, notes: await readPageNotes(join(pred, folder, `${name}.json`)) });
    }
    if (pages.length > 0) folders.push({ folder, pages, ...summarise(pages) });
  }
  if (folders.length === 0) {
    throw new AppError('not-found', `No signal table (NAME.csv with a time_s column) lies under ${truth}.`);
  }
  return folders;
}

/** Summary and medians of any set of pages. */
export function summarise(
  pages: readonly ScoredPage[],
): Pick<ScoredFolder, 'summary' | 'medianPearson' | 'medianRmseMicrovolts'> {
  const median = (of: (page: PageScore) => number) =>
    percentile(Float64Array.from(pages, ({ score }) => of(score)).sort(), 50);
  return {
    summary: scoreFolder(pages.map(({ score }) => score)),
    medianPearson: median((page) => page.pearson),
    medianRmseMicrovolts: median((page) => page.rmseMicrovolts),
  };
}

/** The table of a CSV file; null when the file is absent or is no signal table. */
async function readTable(path: string): Promise<LeadTable | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null || !/^\uFEFF?[^\r\n]*\btime_s\b/.test(text)) return null;
  try {
    return readLeadTableCsv(text);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    throw new AppError(thrown.code, `${path}: ${thrown.message}`, { cause: thrown });
  }
}
