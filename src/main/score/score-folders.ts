import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { measurePage } from '../../core/metrics/measure-page.ts';
import { scorePage } from '../../core/metrics/score-page.ts';
import { readLeadTableCsv } from '../../formats/csv/read-lead-table-csv.ts';
import { AppError } from '../../shared/app-error.ts';
import { readPageNotes } from '../cli/read-page-notes.ts';
import { findTables } from './find-tables.ts';
import { readPageFacts } from './read-page-facts.ts';
import type { ScoredPage } from './scored-page.ts';
import { summarise, type PagesSummary } from './summarise.ts';

/** A folder of truth against its predictions. */
export interface ScoredFolder extends PagesSummary {
  /** Path relative to the truth, `.` for the truth folder itself. */
  readonly folder: string;
  readonly pages: readonly ScoredPage[];
}

export interface ScoreOptions {
  /** Measure also what takes longer: `measurePage`, and masks. */
  readonly full?: boolean;
  /** See `measurePage`. */
  readonly cincShift?: boolean;
  /** Folder with masks of the truth (`NAME.png` or `NAME.mask.png`), laid out like it; beside the truth by default. */
  readonly masks?: string;
}

/**
 * Scores every folder under `truth` that holds signal CSVs against `pred/<same folder>/NAME.csv`; a missing file is a
 * failure. CSVs without a `time_s` column (lists, manifests) are passed over.
 *
 * @throws AppError `not-found` when a folder does not exist or no truth is in it
 */
export async function scoreFolders(
  truth: string,
  pred: string,
  options: ScoreOptions = {},
): Promise<ScoredFolder[]> {
  const tables = await findTables(truth);
  if (!(await isFolder(pred))) throw new AppError('not-found', `There is no readable folder ${pred}.`);
  const folders = new Map<string, ScoredPage[]>();
  for (const { folder, name, path } of tables) {
    const label = await readTable(path);
    if (!label) continue;
    const page = await scoreOne(label, { folder, name, path, pred }, options);
    folders.set(folder, [...(folders.get(folder) ?? []), page]);
  }
  if (folders.size === 0) {
    throw new AppError('not-found', `No signal table (NAME.csv with a time_s column) lies under ${truth}.`);
  }
  return [...folders].map(([folder, pages]) => ({ folder, pages, ...summarise(pages) }));
}

async function scoreOne(
  label: LeadTable,
  at: { readonly folder: string; readonly name: string; readonly path: string; readonly pred: string },
  { full = false, cincShift = false, masks }: ScoreOptions,
): Promise<ScoredPage> {
  const { folder, name, path } = at;
  const truthStem = path.slice(0, -4);
  const stem = join(at.pred, folder, name);
  const prediction = await readTable(`${stem}.csv`);
  return {
    folder,
    name,
    score: scorePage(label, prediction),
    notes: await readPageNotes(`${stem}.json`),
    facts: await readPageFacts(`${truthStem}.json`, `${stem}.json`),
    measures: full ? measurePage(label, prediction, { cincShift }) : null,
    masks: full
      ? await (
          await import('./score-masks.ts')
        ).scoreMasks(
          { mask: await truthMask(truthStem, masks && join(masks, folder, name)), json: `${truthStem}.json` },
          { mask: `${stem}.mask.png`, json: `${stem}.json` },
        )
      : null,
    truthPath: path,
    predictionPath: `${stem}.csv`,
  };
}

async function truthMask(truthStem: string, maskStem: string | undefined): Promise<string> {
  if (maskStem === undefined) return `${truthStem}.mask.png`;
  const plain = `${maskStem}.png`;
  return (await stat(plain).catch(() => null)) ? plain : `${maskStem}.mask.png`;
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ?? false;
}

/** The table of a CSV file; null when the file is absent or is no signal table. */
export async function readTable(path: string): Promise<LeadTable | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null || !/^\uFEFF?[^\r\n]*\btime_s\b/.test(text)) return null;
  try {
    return readLeadTableCsv(text);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    throw new AppError(thrown.code, `${path}: ${thrown.message}`, { cause: thrown });
  }
}
