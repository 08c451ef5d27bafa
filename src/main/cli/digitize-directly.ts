import { join } from 'node:path';
import { toAppError } from '../../shared/app-error.ts';
import { openOutputLedger } from '../export/output-ledger.ts';
import { planOutputNames } from '../export/output-names.ts';
import { programVersions } from '../export/program-versions.ts';
import { writePageOutputs } from '../export/write-page-outputs.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import { runPage } from '../jobs/run-page.ts';
import { TaskStopped } from '../processes/task-stopped.ts';
import type { BatchPage } from './batch-summary.ts';
import type { DigitizeBatch } from './digitize-flags.ts';
import type { FoundScan } from './find-scans.ts';
import { pageLine } from './page-line.ts';
import { drainQueue } from './page-queue.ts';
import { processingRequest } from './processing-request.ts';
import type { ProgressReporter } from './progress-reporter.ts';

interface QueuedPage {
  readonly scan: number;
  readonly pageIndex: number;
}

/**
 * Digitizes scans without a project: each page is decoded, digitized and encoded in one go in a child process, and its
 * files are written as soon as they are there. A page that fails, even one whose process dies or takes longer than
 * `timeLimitMs` twice, is noted with the reason and the others go on. Memory does not grow with the number of pages,
 * apart from their names.
 *
 * @throws AppError `storage` when the output folder cannot be written, `internal` when no process can be started
 */
export async function digitizeDirectly(
  request: DigitizeBatch,
  scans: readonly FoundScan[],
  processes: PageProcesses,
  signal: AbortSignal,
  progress: ProgressReporter,
  { timeLimitMs }: { readonly timeLimitMs?: number } = {},
): Promise<{ readonly pages: BatchPage[]; readonly renewed: number }> {
  const { overrides, fs, formats, jobs, overwrite, model } = request;
  const ledger = await openOutputLedger(request.out);
  const names = planOutputNames(scans);
  const versions = programVersions(model);
  const pages: BatchPage[] = [];
  let total = scans.length;
  let renewed = 0;
  progress.total(total);

  const digitizeOne = async (
    { scan, pageIndex }: QueuedPage,
    addNext: (more: readonly QueuedPage[]) => void,
  ): Promise<void> => {
    const { path, folder, fileName } = scans[scan]!;
    const name = names.page(scan, pageIndex);
    const label = join(folder, fileName) + (pageIndex > 0 ? ` p${pageIndex + 1}` : '');
    const task = {
      path,
      pageIndex,
      overrides,
      fs,
      model,
      formats,
      record: name.record,
      versions,
      ...processingRequest(request, name),
    };
    try {
      const outcome = await runPage(
        (options, attempt) =>
          processes.run('digitizeScanPage', attempt > 1 ? { ...task, model: null } : task, options),
        { name: fileName, limitMs: timeLimitMs, signal },
      );
      if (pageIndex === 0 && outcome.pageCount > 1) {
        const more = Array.from({ length: outcome.pageCount - 1 }, (_, k) => ({ scan, pageIndex: k + 1 }));
        addNext(more);
        total += more.length;
        progress.total(total);
      }
      const written = await writePageOutputs(ledger, name, outcome.files, {
        formats,
        overwrite,
        source: fileName,
      });
      renewed += written.renewed;
      const { status, message, milliseconds } = outcome;
      pages.push({ label, status, message, milliseconds });
      progress.page(pageLine({ ...outcome, label }));
    } catch (thrown) {
      if (signal.aborted) return;
      if (thrown instanceof TaskStopped) throw thrown;
      const { message } = toAppError(thrown);
      pages.push({ label, status: 'failed', message, milliseconds: 0 });
      progress.page(`failed   ${label}  ${message}`);
    }
  };
  const queue = scans.map((_, scan): QueuedPage => ({ scan, pageIndex: 0 }));
  await drainQueue(queue, jobs, signal, digitizeOne);
  return { pages, renewed };
}
