import { AppError, toAppError } from '../../shared/app-error.ts';
import type { RunOptions } from '../processes/process-pool.ts';
import { TaskStopped } from '../processes/task-stopped.ts';

/**
 * Longest time for one page in a child process, milliseconds: the largest scan that is read takes a fraction of it, even
 * on a slow machine that has other things to do.
 */
export const PAGE_LIMIT_MS = 180_000;

const ATTEMPTS = 2;

export interface PageAttempts {
  /** Name of the scan, for the reason. */
  readonly name: string;
  readonly limitMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs a task for a page in a child process, once more where the process dies, takes too long or fails inside. `run`
 * is told which attempt it is, from 1.
 *
 * @throws TaskStopped `stopped` when `signal` fires, `not-started` when there can be no process; AppError `internal`
 *   with the reason in words after the last attempt
 */
export async function runPage<T>(
  run: (options: Pick<RunOptions, 'signal' | 'limitMs'>, attempt: number) => Promise<T>,
  { name, limitMs = PAGE_LIMIT_MS, signal }: PageAttempts,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run({ signal, limitMs }, attempt);
    } catch (thrown) {
      if (!(thrown instanceof TaskStopped)) throw toAppError(thrown);
      const { reason } = thrown;
      if (reason === 'stopped' || reason === 'not-started') throw thrown;
      if (attempt < ATTEMPTS) continue;
      throw new AppError('internal', endWords(name, thrown, limitMs), { cause: thrown });
    }
  }
}

const SMALLER =
  'Scan it with fewer pixels (300 dpi are enough), or cut off what is not the ECG, and try it again.';

/** Which file, what ended it, and what can be done about it. */
function endWords(name: string, { reason, message }: TaskStopped, limitMs: number): string {
  if (reason === 'timeout') {
    return `"${name}" was given up: a page may take ${Math.round(limitMs / 1000)} s, and it took longer ${ATTEMPTS} times. ${SMALLER}`;
  }
  const why = message.replace(/[.\s]+$/, '');
  const words = `"${name}" failed ${ATTEMPTS} times inside the program: ${why}.`;
  if (/out of memory|heap limit|allocation failed/i.test(message)) {
    return `${words} It needs more memory than a page may have. ${SMALLER}`;
  }
  if (reason === 'died' && /SIGKILL/.test(message)) {
    return `${words} The system ends what uses too much memory: close other programs, work on fewer pages at a time. ${SMALLER}`;
  }
  return `${words} The other pages are not affected. Save the scan anew as PNG and try it again; if it fails like that, report it.`;
}
