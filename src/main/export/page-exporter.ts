import { basename, dirname, relative } from 'node:path';
import type { Digitization, DigitizeOverrides } from '../../core/digitization.ts';
import { AppError } from '../../shared/app-error.ts';
import type { ExportFormat } from '../../shared/api/routes.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import { runPage } from '../jobs/run-page.ts';
import { commonFolder } from './common-folder.ts';
import { openOutputLedger } from './output-ledger.ts';
import { planOutputNames, type OutputName } from './output-names.ts';
import type { ProcessingRequest } from './process-page.ts';
import { programVersions } from './program-versions.ts';
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
  /** Milliseconds spent outside the digitizer's stages, and versions of what digitized the page, where known. */
  readonly milliseconds?: Readonly<Record<string, number>>;
  readonly versions?: Readonly<Record<string, string>> | null;
  /** CSV with signals that are known of the page; null for none. */
  readonly referencePath?: string | null;
  /** Who corrected the page last; null for nobody. */
  readonly annotator?: string | null;
}

/** Where a scan goes: path of the scan, and the folder whose tree is mirrored. */
export interface ScanPlace {
  readonly scanPath: string;
  readonly folderPath: string;
}

/** Writes pages of one export, one call each. */
export interface PageExporter {
  /** @throws AppError when nothing was written; otherwise `problem` says what is missing */
  readonly export: (
    page: ExportablePage,
  ) => Promise<{ readonly renewed: number; readonly problem: string | null }>;
}

export interface PageExporterOptions {
  readonly out: string;
  readonly formats: readonly ExportFormat[];
  readonly overwrite?: boolean;
  /** What is done to the signals of the page that goes by this name; nothing when absent. */
  readonly processing?: (name: OutputName, page: ExportablePage) => ProcessingRequest;
  readonly signal?: AbortSignal;
}

/**
 * Prepares an export of pages from `places` (all of them, so that names do not clash): the tree of the library folder is
 * mirrored below `out`; of several folders, the tree below the deepest one that holds them. Encoding runs in
 * `processes`, writing follows `writePageOutputs`.
 *
 * @throws AppError `storage` when `out` cannot be written
 */
export async function openPageExporter(
  places: readonly ScanPlace[],
  processes: PageProcesses,
  { out, formats, overwrite, processing, signal }: PageExporterOptions,
): Promise<PageExporter> {
  const root = commonFolder([...new Set(places.map(({ folderPath }) => folderPath))]);
  const scans = [...new Set(places.map(({ scanPath }) => scanPath))];
  const names = planOutputNames(
    scans.map((path) => ({ folder: relative(root, dirname(path)), fileName: basename(path) })),
  );
  const scanIndex = new Map(scans.map((path, index) => [path, index]));
  const ledger = await openOutputLedger(out);
  const ours = programVersions();
  return {
    async export(page) {
      const { scanPath, pageIndex, digitization, overrides, milliseconds, versions, annotator } = page;
      if (!digitization) throw new AppError('not-found', 'The page has not been digitized yet.');
      const name = names.page(scanIndex.get(scanPath)!, pageIndex);
      const task = {
        path: scanPath,
        pageIndex,
        digitization,
        overrides,
        formats,
        record: name.record,
        milliseconds: milliseconds ?? {},
        versions: versions ?? ours,
        ...(processing ? { processing: processing(name, page) } : {}),
        ...(annotator ? { annotator } : {}),
      };
      const { files, problem } = await runPage(
        (attempt) => processes.run('encodeStoredPage', task, attempt),
        { name: basename(scanPath), signal },
      );
      const options = { formats, overwrite, source: basename(scanPath) };
      const { renewed } = await writePageOutputs(ledger, name, files, options);
      if (files.length === 0) throw new AppError('no-ecg', problem ?? 'The page has no signal to export.');
      return { renewed, problem };
    },
  };
}
