import { basename, dirname, relative } from 'node:path';
import type { Digitization, DigitizeOverrides } from '../../core/digitization.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import type { ExportFormat } from '../../shared/api/routes.ts';
import { commonFolder } from './common-folder.ts';
import { openOutputLedger } from './output-ledger.ts';
import { planOutputNames } from './output-names.ts';
import { programVersions } from './program-versions.ts';
import { createScanPagePool } from './scan-page-pool.ts';
import { writePageOutputs } from './write-page-outputs.ts';

/** A page of a project as the export needs it. */
export interface ExportablePage {
  /** Absolute path of the scan, and of the library folder it was found in. */
  readonly scanPath: string;
  readonly folderPath: string;
  readonly pageIndex: number;
  /** Null while the page has not been digitized. */
  readonly digitization: Digitization | null;
  readonly overrides: DigitizeOverrides;
}

/** Where the pages come from: a project, or anything else that knows them. */
export interface ExportSource {
  /** Scan and library folder of each page, to plan names before the first one is loaded; null for an unknown page. */
  readonly locate: (id: number) => { readonly scanPath: string; readonly folderPath: string } | null;
  readonly load: (id: number) => ExportablePage | Promise<ExportablePage>;
}

export interface ExportOptions {
  /** Called before the first page and after each. */
  readonly onProgress?: (progress: { done: number; total: number; failed: number }) => void;
  readonly signal?: AbortSignal;
}

/** What came of an export. */
export interface ExportSummary {
  readonly done: number;
  readonly failed: number;
  /** Files of an earlier export that were replaced. */
  readonly renewed: number;
  /** Why a page is missing or incomplete, in words. */
  readonly problems: readonly { readonly id: number; readonly message: string }[];
}

/**
 * Writes pages of a project in the formats of the command line (docs/formats.md), mirroring the tree of their library
 * folder below `out` (of several folders: the tree below the deepest one that holds them). A page that cannot be
 * written is counted and named, the others go on. Encoding runs in a worker thread.
 *
 * @throws AppError `storage` when `out` cannot be written, `not-found` for an unknown page, `cancelled` when `signal`
 *   fires; what is written by then is complete
 */
export async function exportPages(
  source: ExportSource,
  ids: readonly number[],
  out: string,
  formats: readonly ExportFormat[],
  { onProgress, signal }: ExportOptions = {},
): Promise<ExportSummary> {
  const places = ids.map((id) => {
    const place = source.locate(id);
    if (!place) throw new AppError('not-found', `There is no page ${id} in this project.`);
    return place;
  });
  const root = commonFolder([...new Set(places.map(({ folderPath }) => folderPath))]);
  const scans = [...new Set(places.map(({ scanPath }) => scanPath))];
  const names = planOutputNames(
    scans.map((path) => ({ folder: relative(root, dirname(path)), fileName: basename(path) })),
  );
  const scanIndex = new Map(scans.map((path, index) => [path, index]));
  const ledger = await openOutputLedger(out);
  const pool = createScanPagePool(1);
  const versions = programVersions();
  const problems: { id: number; message: string }[] = [];
  let failed = 0;
  let renewed = 0;
  const exportOne = async (id: number): Promise<string | null> => {
    const { digitization, overrides, scanPath, pageIndex } = await source.load(id);
    if (!digitization) throw new AppError('not-found', 'The page has not been digitized yet.');
    const name = names.page(scanIndex.get(scanPath)!, pageIndex);
    const task = {
      path: scanPath,
      pageIndex,
      digitization,
      overrides,
      formats,
      record: name.record,
      versions,
    };
    const { files, problem } = await pool.encode(task, signal);
    if (files.length === 0 && !problem) throw new AppError('no-ecg', 'The page has no signal to export.');
    const written = await writePageOutputs(ledger, name, files, { formats, source: basename(scanPath) });
    renewed += written.renewed;
    return problem;
  };
  onProgress?.({ done: 0, total: ids.length, failed });
  try {
    for (const [index, id] of ids.entries()) {
      if (signal?.aborted) throw new AppError('cancelled', 'The export was cancelled.');
      const problem = await exportOne(id).catch((thrown: unknown) => {
        if (signal?.aborted) throw new AppError('cancelled', 'The export was cancelled.', { cause: thrown });
        return toAppError(thrown).message;
      });
      if (problem !== null) {
        failed++;
        problems.push({ id, message: problem });
      }
      onProgress?.({ done: index + 1, total: ids.length, failed });
    }
  } finally {
    await pool.close();
  }
  return { done: ids.length, failed, renewed, problems };
}
