import { basename } from 'node:path';
import type { Digitization, DigitizeOverrides } from '../../core/digitization.ts';
import type { Raster } from '../../core/image/raster.ts';
import type { ExportFormat } from '../../shared/api/routes.ts';
import { toAppError } from '../../shared/app-error.ts';
import { decodePage } from '../library/decode-page.ts';
import { encodePageOutputs, type PageFile } from './encode-page-outputs.ts';
import { processPage, type ProcessingRequest } from './process-page.ts';

/** A digitized page to encode again; plain data, so that it can cross to a worker. */
export interface StoredPageTask {
  readonly path: string;
  readonly pageIndex: number;
  readonly digitization: Digitization;
  readonly overrides: DigitizeOverrides;
  readonly formats: readonly ExportFormat[];
  /** What is done to the signals before they are written; nothing when absent. */
  readonly processing?: ProcessingRequest;
  /** Who corrected the page last; absent for nobody. */
  readonly annotator?: string;
  /** WFDB record name. */
  readonly record: string;
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly versions: Readonly<Record<string, string>>;
}

/** Files of the page; `problem` when the scan can no longer be read and the overlay is missing therefore. */
export interface EncodedPage {
  readonly files: readonly PageFile[];
  readonly problem: string | null;
}

/** Encodes a page as it was digitized; the scan is decoded only when an overlay is asked for. */
export async function encodeStoredPage(task: StoredPageTask): Promise<EncodedPage> {
  const { digitization, formats } = task;
  let raster: Raster | null = null;
  let problem: string | null = null;
  if (formats.includes('overlay')) {
    try {
      raster = await decodePage(task.path, task.pageIndex);
      if (raster.width !== digitization.imageWidth || raster.height !== digitization.imageHeight) {
        problem = `${basename(task.path)} has changed since it was digitized; digitize it again for an overlay.`;
        raster = null;
      }
    } catch (thrown) {
      problem = toAppError(thrown).message;
    }
  }
  const { page, note } = task.processing
    ? await processPage(digitization, task.processing)
    : { page: digitization, note: {} };
  const files = await encodePageOutputs(raster, page, formats, task.record, {
    file: basename(task.path),
    page: task.pageIndex + 1,
    overrides: task.overrides,
    annotator: task.annotator,
    milliseconds: task.milliseconds,
    versions: task.versions,
    ...note,
  });
  return { files, problem };
}
