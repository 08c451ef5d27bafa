import { AppError, toAppError } from '../../shared/app-error.ts';
import { openOutputLedger } from '../export/output-ledger.ts';
import { openPageProcesses, type PageProcesses } from '../jobs/page-processes.ts';
import { bundledModelFile, modelFile } from '../inference/model-file.ts';
import type { PageModel } from '../inference/page-model.ts';
import { createModelTrials } from '../models/model-trials.ts';
import { batchSummary, renewedLine, type BatchPage } from './batch-summary.ts';
import { digitizeDirectly } from './digitize-directly.ts';
import {
  DIGITIZE_HELP,
  parseDigitizeFlags,
  type DigitizeBatch,
  type DigitizeRequest,
} from './digitize-flags.ts';
import { assertSomethingFound, findScans, truthWords } from './find-scans.ts';
import { interruptSignal } from './interrupt-signal.ts';
import { createProgressReporter } from './progress-reporter.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

/** `digitize`: see DIGITIZE_HELP. */
export async function digitize(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const flags = parseDigitizeFlags(args);
  if (!flags) {
    terminal.out(DIGITIZE_HELP);
    return EXIT.ok;
  }
  const model = await modelToUse(flags);
  const processes = openPageProcesses({ size: flags.jobs });
  // It starts while the folders are read.
  processes.warm();
  try {
    return await digitizeBatch({ ...flags, model }, processes, terminal);
  } finally {
    await processes.close();
  }
}

/** @throws AppError `usage` for a file that is no model, and for a provider that does not run it here */
async function modelToUse({ statedModel, mirror, provider }: DigitizeRequest): Promise<PageModel | null> {
  if (statedModel === 'none') return null;
  const model = await (statedModel === null ? bundledModelFile() : modelFile(statedModel));
  if (!model) return null;
  if (provider !== 'cpu') {
    const { path, sha256 } = model;
    await createModelTrials()
      .look({ path, sha256, provider, tilePx: 64 })
      .catch((cause: unknown) => {
        throw new AppError('usage', `--provider ${provider} cannot be used. ${toAppError(cause).message}`, {
          cause,
        });
      });
  }
  return { ...model, mirror, provider };
}

async function digitizeBatch(
  request: DigitizeBatch,
  processes: PageProcesses,
  terminal: Terminal,
): Promise<ExitCode> {
  const { out, quiet, project } = request;
  const { scans, unreadable, truths } = await findScans(request.inputs, out);
  assertSomethingFound({ scans, unreadable }, request.inputs);
  // An output folder that cannot be written is a mistake of the command, found before any work is done.
  await openOutputLedger(out).catch((thrown: unknown) => {
    throw new AppError('usage', toAppError(thrown).message, { cause: thrown });
  });
  if (!quiet) terminal.out(truthWords(truths));
  const progress = createProgressReporter(terminal, { quiet });
  const interrupt = interruptSignal(terminal);
  const started = performance.now();
  const pages: BatchPage[] = unreadable.map(({ path, message }) => ({
    label: path,
    status: 'failed',
    message,
    milliseconds: 0,
  }));
  let renewed = 0;
  try {
    // Loading the database only where there is one keeps the plain command independent of it.
    const results = project
      ? await (
          await import('./digitize-in-project.ts')
        ).digitizeInProject({ ...request, project }, scans, processes, interrupt.signal, progress)
      : await digitizeDirectly(request, scans, processes, interrupt.signal, progress);
    pages.push(...results.pages);
    renewed = results.renewed;
  } finally {
    progress.end();
    interrupt.release();
  }
  const stopped = interrupt.signal.aborted;
  const failed = pages.some(({ status }) => status === 'failed');
  if (!quiet || failed || stopped) {
    const elapsed = performance.now() - started;
    terminal.out(batchSummary(pages, { elapsed, renewed, stopped, out }));
  } else if (renewed > 0) {
    terminal.err(`${renewedLine(renewed)}\n`);
  }
  return stopped ? EXIT.interrupted : failed ? EXIT.failures : EXIT.ok;
}
