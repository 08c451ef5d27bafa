import { resolve } from 'node:path';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { findRecords } from '../synth/find-records.ts';
import { createSynthPool } from '../synth/synth-pool.ts';
import type { SynthTask } from '../synth/synth-task.ts';
import { interruptSignal } from './interrupt-signal.ts';
import { drainQueue } from './page-queue.ts';
import { createProgressReporter, minutes } from './progress-reporter.ts';
import { parseSynthFlags, SYNTH_HELP, type SynthRequest } from './synth-flags.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';
import { textTable } from './text-table.ts';

/** Pages of the model when nobody says how many. */
const MODEL_PAGES = 10;

/** `synth`: see SYNTH_HELP. */
export async function synth(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const request = parseSynthFlags(args);
  if (!request) {
    terminal.out(SYNTH_HELP);
    return EXIT.ok;
  }
  const tasks = await planTasks(request);
  const progress = createProgressReporter(terminal, { quiet: request.quiet });
  const interrupt = interruptSignal(terminal);
  const started = performance.now();
  const pool = createSynthPool(Math.min(request.jobs, tasks.length));
  const failures: { readonly name: string; readonly message: string }[] = [];
  let drawn = 0;
  let kept = 0;
  progress.total(tasks.length);
  try {
    await drainQueue(tasks, request.jobs, interrupt.signal, async (task) => {
      try {
        const { status, note, milliseconds } = await pool.draw(task);
        if (status === 'drawn') drawn++;
        else kept++;
        progress.page(`${status}  ${task.name}  ${note}  ${(milliseconds / 1000).toFixed(1)} s`);
      } catch (thrown) {
        const { message } = toAppError(thrown);
        failures.push({ name: task.name, message });
        progress.page(`failed  ${task.name}  ${message}`);
      }
    });
  } finally {
    progress.end();
    interrupt.release();
    await pool.close();
  }
  const stopped = interrupt.signal.aborted;
  if (!request.quiet || failures.length > 0 || stopped) {
    const elapsed = performance.now() - started;
    terminal.out(
      `${drawn} drawn, ${kept} kept, ${failures.length} failed; ${minutes(elapsed)} in all` +
        (drawn > 0 ? `, ${((1000 * drawn) / elapsed).toFixed(2)} pages per second` : '') +
        `; results in ${request.out}\n`,
    );
    if (stopped)
      terminal.out('Stopped before the end: what is written is complete, the rest was not begun.\n');
    if (failures.length > 0) {
      const rows = failures.map(({ name, message }) => [name, message]);
      terminal.out(`\n${textTable(['page', 'reason'], rows)}\n`);
    }
  }
  return stopped ? EXIT.interrupted : failures.length > 0 ? EXIT.failures : EXIT.ok;
}

/** One task per page; records are printed in turn, and again under further names when there are fewer than pages. */
async function planTasks({ out, records, count, recipe, overwrite }: SynthRequest): Promise<SynthTask[]> {
  const common = { recipe, out: resolve(out), overwrite };
  if (records === null) {
    return Array.from({ length: count ?? MODEL_PAGES }, (_, k) => ({
      ...common,
      name: `model-${String(k + 1).padStart(5, '0')}`,
      recordPath: null,
    }));
  }
  const found = await findRecords(records);
  // Every page comes with a copy of its record under the same name.
  if (resolve(records) === resolve(out)) {
    throw new AppError('usage', `Pages would replace the records in ${records}: choose another --out.`);
  }
  return Array.from({ length: count ?? found.length }, (_, k) => {
    const { path, name } = found[k % found.length]!;
    const round = Math.floor(k / found.length);
    return { ...common, name: round === 0 ? name : `${name}-${round + 1}`, recordPath: path };
  });
}
