import { basename } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import { runPage } from '../jobs/run-page.ts';
import type { KnownSignalFacts, KnownSignalTask } from './known-signal-task.ts';

/** Longest time for the signals of one scan, milliseconds. */
const SIGNAL_LIMIT_MS = 30_000;

/**
 * Has a process read, and keep, the signals of a scan: a damaged file can at worst end that process.
 *
 * @throws AppError as `readKnownSignal`; `storage`, `internal`; TaskStopped when `signal` fires
 */
export async function askKnownSignal(
  processes: PageProcesses,
  task: KnownSignalTask,
  signal?: AbortSignal,
): Promise<KnownSignalFacts> {
  const answer = await runPage((attempt) => processes.run('takeKnownSignal', task, attempt), {
    name: basename(task.path),
    limitMs: SIGNAL_LIMIT_MS,
    signal,
  });
  if ('facts' in answer) return answer.facts;
  throw new AppError(answer.problem.code, answer.problem.message);
}
