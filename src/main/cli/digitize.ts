import { join } from 'node:path';
import type { ScanPageOutcome } from '../export/digitize-scan-page.ts';
import { openOutputLedger } from '../export/output-ledger.ts';
import { planOutputNames } from '../export/output-names.ts';
import { programVersions } from '../export/program-versions.ts';
import { createScanPagePool } from '../export/scan-page-pool.ts';
import { writePageOutputs } from '../export/write-page-outputs.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { batchSummary, renewedLine, type BatchPage } from './batch-summary.ts';
import { DIGITIZE_HELP, parseDigitizeFlags, type DigitizeRequest } from './digitize-flags.ts';
import { assertSomethingFound, findScans, type FoundScan } from './find-scans.ts';
import { interruptSignal } from './interrupt-signal.ts';
import { drainQueue } from './page-queue.ts';
import { createProgressReporter } from './progress-reporter.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

/** `digitize`: see DIGITIZE_HELP. */
export async function digitize(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const request = parseDigitizeFlags(args);
  if (!request) {
    terminal.out(DIGITIZE_HELP);
    return EXIT.ok;
  }
  const found = await findScans(request.inputs, request.out);
  assertSomethingFound(found, request.inputs);
  const interrupt = interruptSignal(terminal);
  try {
    return await digitizeScans(request, found, interrupt.signal, terminal);
  } finally {
    interrupt.release();
  }
}

async function digitizeScans(
  request: DigitizeRequest,
  { scans, unreadable }: Awaited<ReturnType<typeof findScans>>,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<ExitCode> {
  const ledger = await openOutputLedger(request.out).catch((thrown: unknown) => {
    throw new AppError('usage', toAppError(thrown).message, { cause: thrown });
  });
  const names = planOutputNames(scans);
  const versions = programVersions();
  const progress = createProgressReporter(terminal, { quiet: request.quiet });
  const pool = createScanPagePool(Math.min(request.jobs, scans.length));
  const started = performance.now();
  const pages: BatchPage[] = unreadable.map(({ path, message }) => ({
    label: path,
    status: 'failed',
    message,
    milliseconds: 0,
  }));
  let total = scans.length;
  let renewed = 0;
  progress.total(total);

  const digitizeOne = async (
    { scan, pageIndex }: { scan: number; pageIndex: number },
    addNext: (more: readonly { scan: number; pageIndex: number }[]) => void,
  ) => {
    const source = scans[scan]!;
    const name = names.page(scan, pageIndex);
    const label = pageLabel(source, pageIndex);
    let outcome: ScanPageOutcome;
    try {
      outcome = await pool.digitize(
        {
          path: source.path,
          pageIndex,
          overrides: request.overrides,
          fs: request.fs,
          formats: request.formats,
          record: name.record,
          versions,
        },
        signal,
      );
      if (pageIndex === 0 && outcome.pageCount > 1) {
        const more = Array.from({ length: outcome.pageCount - 1 }, (_, k) => ({ scan, pageIndex: k + 1 }));
        addNext(more);
        total += more.length;
        progress.total(total);
      }
      const { formats, overwrite } = request;
      const options = { formats, overwrite, source: source.fileName };
      renewed += (await writePageOutputs(ledger, name, outcome.files, options)).renewed;
    } catch (thrown) {
      if (signal.aborted) return;
      const { message } = toAppError(thrown);
      pages.push({ label, status: 'failed', message, milliseconds: 0 });
      progress.page(`failed   ${label}  ${message}`);
      return;
    }
    pages.push({
      label,
      status: outcome.status,
      message: outcome.message,
      milliseconds: outcome.milliseconds,
    });
    progress.page(pageLine(label, outcome));
  };
  await drainQueue(
    scans.map((_, scan) => ({ scan, pageIndex: 0 })),
    request.jobs,
    signal,
    digitizeOne,
  );
  progress.end();
  await pool.close();
  const failed = pages.some(({ status }) => status === 'failed');
  if (!request.quiet || failed || signal.aborted) {
    const elapsed = performance.now() - started;
    terminal.out(batchSummary(pages, { elapsed, renewed, stopped: signal.aborted, out: request.out }));
  }
  if (request.quiet && renewed > 0 && !failed) terminal.err(`${renewedLine(renewed)}\n`);
  return signal.aborted ? EXIT.interrupted : failed ? EXIT.failures : EXIT.ok;
}

function pageLabel({ folder, fileName }: FoundScan, pageIndex: number): string {
  return join(folder, fileName) + (pageIndex > 0 ? ` p${pageIndex + 1}` : '');
}

/** E.g. `ok       pink/a.png  3x4+1  12/12 leads  confidence 0.93  1.2 s`. */
function pageLine(label: string, outcome: ScanPageOutcome): string {
  const { status, layout, leadsFound, leadsPrinted, confidence, milliseconds, message } = outcome;
  const facts =
    status === 'failed'
      ? [message]
      : [layout, `${leadsFound}/${leadsPrinted} leads`, `confidence ${confidence.toFixed(2)}`, message];
  return [status.padEnd(7), label, ...facts, `${(milliseconds / 1000).toFixed(1)} s`]
    .filter(Boolean)
    .join('  ');
}
