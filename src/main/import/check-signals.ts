import type { ImportIssue } from '../../shared/api/import-record.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import { askKnownSignal } from './ask-known-signal.ts';
import { eachAtATime } from './each-at-a-time.ts';
import type { KnownSignalFacts } from './known-signal-task.ts';
import type { ImportPlan } from './plan-import.ts';
import { signalTask } from './signal-task.ts';

export interface CheckSignalsOptions {
  readonly processes: PageProcesses;
  /** Files read at a time. */
  readonly jobs?: number;
  /** Length of recordings whose rate nobody says. */
  readonly seconds: number;
  readonly onProgress?: (progress: { done: number; total: number }) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads the signals of every pair without keeping anything, so that a preview can say what is in them, and which cannot be
 * read. About 10 ms for ten seconds of twelve leads.
 *
 * @throws AppError `cancelled`
 */
export async function checkSignals(
  plan: ImportPlan,
  { processes, jobs = 1, seconds, onProgress, signal }: CheckSignalsOptions,
): Promise<{ readonly facts: ReadonlyMap<string, KnownSignalFacts>; readonly issues: ImportIssue[] }> {
  const facts = new Map<string, KnownSignalFacts>();
  const issues: ImportIssue[] = [];
  let done = 0;
  await eachAtATime(plan.pairs, jobs, async (pair) => {
    const { path } = pair.signal;
    try {
      const task = { ...signalTask(plan, pair, seconds), to: null };
      facts.set(pair.scan, await askKnownSignal(processes, task, signal));
    } catch (thrown) {
      if (signal?.aborted) throw new AppError('cancelled', 'The import was cancelled.', { cause: thrown });
      issues.push({ kind: 'unreadable', path, reason: toAppError(thrown).message });
    }
    onProgress?.({ done: ++done, total: plan.pairs.length });
  });
  return { facts, issues };
}
