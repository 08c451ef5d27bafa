import type { Digitization } from '../../core/digitization.ts';
import type { Raster } from '../../core/image/raster.ts';
import { toLeadTable } from '../../core/metrics/to-lead-table.ts';
import { writeLeadTableCsv } from '../../formats/csv/write-lead-table-csv.ts';
import { drawOverlay } from '../../formats/overlay/draw-overlay.ts';
import { writePageReport } from '../../formats/report/page-report-json.ts';
import { toPageReport, type ReportContext } from '../../formats/report/to-page-report.ts';
import { writeWfdb } from '../../formats/wfdb/write-wfdb.ts';
import type { ExportFormat } from '../../shared/api/routes.ts';
import { encodeOverlayPng } from './encode-overlay-png.ts';

/** One file of a page, still without a place. */
export interface PageFile {
  readonly suffix: '.csv' | '.json' | '.dat' | '.hea' | '.overlay.png';
  readonly bytes: Uint8Array | string;
}

/**
 * Encodes what was digitized as the asked files. A page without any signal has no CSV and no WFDB record, a page that
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
  if (hasSignal && (formats.includes('csv') || formats.includes('wfdb'))) {
    const table = toLeadTable(page.signals);
    if (formats.includes('csv')) files.push({ suffix: '.csv', bytes: writeLeadTableCsv(table) });
    if (formats.includes('wfdb')) {
      const { header, data } = writeWfdb(record, table, [
        'Digitized by Tracewright; time 0 is the left edge of the first printed column',
      ]);
      files.push({ suffix: '.dat', bytes: data }, { suffix: '.hea', bytes: header });
    }
  }
  if (formats.includes('json')) {
    files.push({ suffix: '.json', bytes: writePageReport(toPageReport(page, context)) });
  }
  if (formats.includes('overlay') && raster) {
    files.push({ suffix: '.overlay.png', bytes: await encodeOverlayPng(drawOverlay(raster, page)) });
  }
  return files;
}
