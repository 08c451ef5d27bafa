import { readFile } from 'node:fs/promises';
import type { Digitization } from '../../core/digitization.ts';
import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { processSignals } from '../../core/signal/process/process-signals.ts';
import { NO_PROCESSING, type SignalProcessing } from '../../core/signal/process/signal-processing.ts';
import { readLeadTableCsv } from '../../formats/csv/read-lead-table-csv.ts';
import type { ReportContext } from '../../formats/report/to-page-report.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';

/** What is to be done to the signals of a page before they are written; plain data. */
export interface ProcessingRequest {
  readonly processing: SignalProcessing | null;
  /** CSV with known signals of this page, to take the lag from; null: none. A file that is absent moves nothing. */
  readonly referencePath: string | null;
}

/**
 * Processes the signals of a digitized page for an export; what is stored stays as it was read.
 *
 * @returns the page as it came, and no note, when nothing is asked for
 * @throws AppError `corrupt` for a reference that is no signal table, `usage` for a filter the rate cannot carry
 */
export async function processPage(
  page: Digitization,
  { processing, referencePath }: ProcessingRequest,
): Promise<{ readonly page: Digitization; readonly note: Pick<ReportContext, 'processing'> }> {
  const text = referencePath === null ? null : await readFile(referencePath, 'utf8').catch(() => null);
  if (!processing && text === null) return { page, note: {} };
  const asked = processing ?? NO_PROCESSING;
  const reference = text === null ? null : readReference(referencePath!, text);
  const { signals, lags } = processSignals(page.signals, asked, reference);
  return { page: { ...page, signals }, note: { processing: { ...asked, lags } } };
}

function readReference(path: string, text: string): LeadTable {
  try {
    return readLeadTableCsv(text);
  } catch (cause) {
    const { code, message } = toAppError(cause);
    throw new AppError(code, `The known signals in ${path} cannot be read: ${message}`, { cause });
  }
}
