import type { SignalProcessing } from '../../core/signal/process/signal-processing.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import type { ExportFormat } from '../../shared/api/routes.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import { openPageExporter, type ExportablePage, type ScanPlace } from './page-exporter.ts';

/** Where the pages come from: a project, or anything else that knows them. */
export interface ExportSource {
  /** Scan and library folder of each page, to plan names before the first one is loaded; null for an unknown page. */
  readonly locate: (id: number) => ScanPlace | null;
  readonly load: (id: number) => ExportablePage | Promise<ExportablePage>;
}

export interface ExportOptions {
  /** Where the pages are encoded. */
  readonly processes: PageProcesses;
  /** Replace files that Tracewright did not write. */
  readonly overwrite?: boolean;
  /** Called before the first page and after each. */
  readonly onProgress?: (progress: { done: number; total: number; failed: number }) => void;
  /** What is done to all signals before they are written; nothing when absent. */
  readonly processing?: SignalProcessing | null;
  /** Moves each stretch onto the known signals of its page; not by default. */
  readonly correctLag?: boolean;
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
 * Writes pages of a project in the formats of the command line (docs/formats.md), see `openPageExporter`. A page that
 * cannot be written is counted and named, the others go on. About 0.3 s a page with overlay, 0.05 s without.
 *
 * @throws AppError `storage` when `out` cannot be written, `not-found` for an unknown page, `cancelled` when `signal`
 *   fires; what is written by then is complete
 */
export async function exportPages(
  source: ExportSource,
  ids: readonly number[],
  out: string,
  formats: readonly ExportFormat[],
  { processes, overwrite, onProgress, processing = null, correctLag = false, signal }: ExportOptions,
): Promise<ExportSummary> {
  const places = ids.map((id) => {
    const place = source.locate(id);
    if (!place) throw new AppError('not-found', `There is no page ${id} in this project.`);
    return place;
  });
  const exporter = await openPageExporter(places, processes, {
    out,
    formats,
    overwrite,
    signal,
    ...(processing || correctLag
      ? {
          processing: (_, { referencePath = null }) => {
            return { processing, referencePath: correctLag ? referencePath : null };
          },
        }
      : {}),
  });
  const problems: { id: number; message: string }[] = [];
  let renewed = 0;
  const report = (done: number) => onProgress?.({ done, total: ids.length, failed: problems.length });
  report(0);
  for (const [index, id] of ids.entries()) {
    if (signal?.aborted) throw new AppError('cancelled', 'The export was cancelled.');
    try {
      const result = await exporter.export(await source.load(id));
      renewed += result.renewed;
      if (result.problem) problems.push({ id, message: result.problem });
    } catch (thrown) {
      if (signal?.aborted) throw new AppError('cancelled', 'The export was cancelled.', { cause: thrown });
      problems.push({ id, message: toAppError(thrown).message });
    }
    report(index + 1);
  }
  return { done: ids.length, failed: problems.length, renewed, problems };
}
