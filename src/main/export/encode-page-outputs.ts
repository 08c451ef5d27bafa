import type { Digitization } from '../../core/digitization.ts';
import type { Raster } from '../../core/image/raster.ts';
import { toLeadTable } from '../../core/metrics/to-lead-table.ts';
import { completeLimbLeads } from '../../core/signal/process/complete-limb-leads.ts';
import { drawOverlay } from '../../formats/overlay/draw-overlay.ts';
import { writePageReport } from '../../formats/report/page-report-json.ts';
import { toPageReport, type ReportContext } from '../../formats/report/to-page-report.ts';
import { signalFromTable } from '../../formats/signal/lead-table-signal.ts';
import { writeSignal } from '../../formats/signal-format.ts';
import type { ExportFormat } from '../../shared/api/routes.ts';
import { isSignalFormatId } from '../../shared/signal-formats.ts';
import { encodeOverlayPng } from './encode-overlay-png.ts';

/** One file of a page, still without a place. */
export interface PageFile {
  /** End of its name, from `outputSuffixes`. */
  readonly suffix: string;
  readonly bytes: Uint8Array | string;
}

/** Stands in every file that can hold a comment. */
const PROVENANCE = 'Digitized by Tracewright; time 0 is the left edge of the first printed column';

/**
 * Encodes what was digitized as the asked files. A page without any signal has no file of signals, a page that
 * could not be decoded (`raster` null) no overlay either; the JSON report always comes.
 *
 * @param record WFDB record name, see `toWfdbRecordName`
 */
export async function encodePageOutputs(
  raster: Raster | null,
  page: Digitization,
  formats: readonly ExportFormat[],
  record: string,
  context: ReportContext,
): Promise<PageFile[]> {
  const files: PageFile[] = [];
  const hasSignal = page.signals.some(({ millivolts }) => millivolts.some((value) => !Number.isNaN(value)));
  const wanted = formats.filter(isSignalFormatId);
  if (hasSignal && wanted.length > 0) {
    const printed = toLeadTable(page.signals);
    const table = context.processing?.completeLimbLeads ? completeLimbLeads(printed) : printed;
    const signal = signalFromTable(table, { recordId: record, comments: [PROVENANCE] });
    for (const format of wanted) files.push(...writeSignal(format, signal, record));
  }
  if (formats.includes('json')) {
    files.push({ suffix: '.json', bytes: writePageReport(toPageReport(page, context)) });
  }
  if (formats.includes('overlay') && raster) {
    files.push({ suffix: '.overlay.png', bytes: await encodeOverlayPng(drawOverlay(raster, page)) });
  }
  return files;
}
