import { basename } from 'node:path';
import type { Digitization, DigitizeOverrides } from '../../core/digitization.ts';
import { digitizePage } from '../../core/digitize-page.ts';
import type { Raster } from '../../core/image/raster.ts';
import type { ExportFormat } from '../../shared/api/routes.ts';
import { toAppError } from '../../shared/app-error.ts';
import { decodePage, openScan } from '../library/decode-page.ts';
import type { PageModel } from '../inference/page-model.ts';
import { looksOfModel } from '../inference/looks-of-model.ts';
import { encodePageOutputs, type PageFile } from './encode-page-outputs.ts';
import { failedPage } from './failed-page.ts';
import { processPage, type ProcessingRequest } from './process-page.ts';

/** One page to digitize and encode; plain data, so that it can cross to a worker. */
export interface ScanPageTask {
  readonly path: string;
  readonly pageIndex: number;
  readonly overrides: DigitizeOverrides;
  /** Model that looks at the page; null: none. */
  readonly model: PageModel | null;
  /** Samples per second of the result. */
  readonly fs: number;
  readonly formats: readonly ExportFormat[];
  /** What is done to the signals before they are written; nothing when absent. */
  readonly processing?: ProcessingRequest;
  /** WFDB record name. */
  readonly record: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** What came of a page; plain data. */
export interface ScanPageOutcome {
  readonly status: Digitization['status'];
  readonly confidence: number;
  /** Pages of the whole file, 1 when it could not be opened. */
  readonly pageCount: number;
  readonly layout: string | null;
  readonly leadsFound: number;
  /** Why it failed or is partial, in words. */
  readonly message: string | null;
  readonly milliseconds: number;
  readonly files: readonly PageFile[];
}

/**
 * Decodes, digitizes and encodes one page of a scan. Never throws for what is wrong with the page: such a page is
 * `failed` with the reason, and its JSON report says so too.
 */
export async function digitizeScanPage(task: ScanPageTask): Promise<ScanPageOutcome> {
  const started = performance.now();
  let raster: Raster | null = null;
  let pageCount = 1;
  let page: Digitization;
  let note = {};
  let decode = 0;
  try {
    if (task.pageIndex === 0) pageCount = (await openScan(task.path)).pageCount;
    raster = await decodePage(task.path, task.pageIndex);
    decode = performance.now() - started;
    page = await digitizePage(raster, {
      overrides: task.overrides,
      fs: task.fs,
      ...looksOfModel(task.model),
      habits: task.model?.habits,
      now: () => performance.now(),
    });
    if (task.processing) ({ page, note } = await processPage(page, task.processing));
  } catch (thrown) {
    const error = toAppError(thrown);
    page = failedPage(error, raster);
  }
  const files = await encodePageOutputs(raster, page, task.formats, task.record, {
    file: basename(task.path),
    page: task.pageIndex + 1,
    overrides: task.overrides,
    milliseconds: { decode },
    versions: task.versions,
    ...note,
  });
  const found = new Set(page.signals.map(({ lead }) => lead));
  const gravest = page.status === 'ok' ? null : gravestMessage(page);
  return {
    status: page.status,
    confidence: page.confidence,
    pageCount,
    layout: page.layout && page.layout.kind + (page.layout.cabrera ? ' Cabrera' : ''),
    leadsFound: found.size,
    message: gravest,
    milliseconds: performance.now() - started,
    files,
  };
}

function gravestMessage({ reasons, findings, status }: Digitization): string {
  const all = [...reasons, ...findings];
  const reason =
    all.find(({ severity }) => severity === 'error') ??
    all.find(({ severity }) => severity === 'warning') ??
    all[0];
  return reason?.message ?? (status === 'failed' ? 'No lead could be digitized.' : 'Some leads are missing.');
}
