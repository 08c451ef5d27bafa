import { basename } from 'node:path';
import { toAppError } from '../../shared/app-error.ts';
import type { PageOverrides } from '../../shared/api/page-record.ts';
import type { JobState } from '../../shared/api/job-state.ts';
import type { ServerEvent } from '../../shared/api/server-event.ts';
import { regionsOf } from '../../core/edit/edit-documents.ts';
import { inkRegions } from '../../core/region/honour-regions.ts';
import { TaskStopped } from '../processes/task-stopped.ts';
import type { PageModel } from '../inference/page-model.ts';
import type { Project } from '../store/open-project.ts';
import type { ClaimedPage } from '../store/queue-table.ts';
import type { StageNews } from './digitize-task.ts';
import { createJobMeter } from './job-meter.ts';
import type { PageProcesses } from './page-processes.ts';
import { runPage } from './run-page.ts';

/** What the jobs tell: their state, and the stage each page is in. */
export type JobEvent = Extract<ServerEvent, { type: 'jobs' | 'stage' }>;

/** Background digitizing of a project's queue. */
export interface DigitizeJobs {
  state(): JobState;
  /** Lets running pages finish and starts no more. */
  pause(): JobState;
  resume(): JobState;
  /** Empties the queue and stops the running pages; each page is then what it was before. */
  cancel(): JobState;
  /** Puts a page that is looked at, then its neighbours by name, ahead of the queue. */
  look(id: number): void;
  /** Queues new and failed pages, with `again` finished ones too; returns how many. */
  enqueue(ids: readonly number[], options: { readonly again: boolean }): number;
  /** Replaces a page's overrides and digitizes it at once. @throws AppError `not-found` */
  setOverrides(id: number, overrides: PageOverrides): void;
  on(listener: (event: JobEvent) => void): () => void;
  /** Resolves when nothing runs and nothing waits (or all is paused). */
  idle(): Promise<void>;
  /** Whether a page is being digitized with this model file. */
  isUsing(modelPath: string): boolean;
  /** Stops the running pages, which stay queued. The processes stay open. */
  close(): Promise<void>;
}

export interface DigitizeJobsOptions {
  /** Pages at a time. */
  readonly jobs: number;
  /** Longest time for one page, milliseconds. */
  readonly timeLimitMs?: number;
  /** Samples per second of the signals. */
  readonly fs?: number;
  /** Model that looks at a page and how, asked as each begins; none when absent or null. */
  readonly model?: () => PageModel | null;
  readonly paused?: boolean;
}

const NEIGHBOURS = 3;

interface Run {
  readonly page: ClaimedPage;
  readonly stop: AbortController;
  readonly model: PageModel | null;
  finished: Promise<void>;
}

/**
 * Digitizes what waits in the project's queue, in child processes, until closed. Each result is one transaction: after
 * a crash no finished page is lost or done again. A page whose process dies or takes too long is tried once more and
 * then failed with the reason, and the others go on. When results cannot be stored (full disk), or no process can be
 * started, everything pauses.
 */
export function startDigitizeJobs(
  project: Project,
  processes: PageProcesses,
  options: DigitizeJobsOptions,
): DigitizeJobs {
  const { jobs, timeLimitMs, fs = 500, model = () => null } = options;
  const listeners = new Set<(event: JobEvent) => void>();
  const runs = new Set<Run>();
  const meter = createJobMeter(() => performance.now());
  let paused = options.paused ?? false;
  let closed = false;
  let idle = true;
  let problem: string | null = null;
  let focus: number[] = [];
  let woken: NodeJS.Immediate | null = null;
  const idlers: (() => void)[] = [];

  const state = (): JobState => ({
    paused,
    running: runs.size,
    waiting: closed ? 0 : project.queue.waiting(),
    done: meter.done,
    failed: meter.failed,
    pagesPerMinute: meter.pagesPerMinute(),
    problem,
  });
  const emit = (event: JobEvent): void => listeners.forEach((listener) => listener(event));
  const announce = (): JobState => {
    const now = state();
    emit({ type: 'jobs', state: now });
    return now;
  };

  const halt = (cause: unknown): void => {
    paused = true;
    problem = toAppError(cause).message;
  };

  const digitize = async ({ page, stop, model }: Run): Promise<void> => {
    const { id, pageIndex, overrides, revision } = page;
    try {
      const path = project.pages.scanPath(id);
      const regions = inkRegions(regionsOf(project.edits.documents(id)));
      const onNews = ({ stage, progress }: StageNews): void => emit({ type: 'stage', id, stage, progress });
      const { result } = await runPage(
        (options, attempt) => {
          const task = { path, pageIndex, overrides, regions, fs, model: attempt > 1 ? null : model };
          return processes.run('digitizeTaskPage', task, { ...options, onNews });
        },
        { name: basename(path), limitMs: timeLimitMs, signal: stop.signal },
      );
      if (project.results.save(id, revision, result)) meter.count(result.summary.status === 'failed');
    } catch (cause) {
      if (cause instanceof TaskStopped) {
        if (cause.reason === 'stopped') return;
        throw cause;
      }
      const error = toAppError(cause);
      if (error.code === 'storage' || error.code === 'locked') throw error;
      project.queue.fail(id, revision, error.message);
      meter.count(true);
    }
  };

  const start = (page: ClaimedPage): void => {
    const run: Run = { page, stop: new AbortController(), model: model(), finished: Promise.resolve() };
    runs.add(run);
    run.finished = digitize(run)
      .catch((cause: unknown) => {
        halt(cause);
        try {
          project.queue.release(page.id);
        } catch {
          // The page stays `running` in the file and is queued again when the project is next opened.
        }
      })
      .finally(() => {
        runs.delete(run);
        wake();
      });
  };

  const dispatch = (): void => {
    woken = null;
    if (closed) return;
    try {
      while (!paused && runs.size < jobs) {
        const page = project.queue.claim(focus);
        if (!page) break;
        if (idle) meter.restart();
        idle = false;
        start(page);
      }
    } catch (cause) {
      halt(cause);
    }
    if (runs.size === 0) {
      idle = true;
      for (const resolve of idlers.splice(0)) resolve();
    }
    announce();
  };
  const wake = (): void => {
    if (!closed) woken ??= setImmediate(dispatch);
  };

  const deafen = project.on(({ type }) => {
    if (type !== 'folders' && type !== 'edits') wake();
  });
  wake();

  return {
    state,
    pause() {
      paused = true;
      return announce();
    },
    resume() {
      paused = false;
      problem = null;
      wake();
      return announce();
    },
    cancel() {
      for (const { stop } of runs) stop.abort();
      project.queue.clear();
      return announce();
    },
    look(id) {
      focus = [id, ...project.pages.neighbours(id, NEIGHBOURS)];
      wake();
    },
    enqueue: (ids, { again }) => project.queue.enqueue(ids, { again }),
    setOverrides(id, overrides) {
      project.pages.setOverrides(id, overrides);
      focus = [id, ...focus.filter((other) => other !== id)];
      for (const { page, stop } of runs) if (page.id === id) stop.abort();
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    idle() {
      wake();
      return new Promise((resolve) => idlers.push(resolve));
    },
    isUsing: (modelPath) => [...runs].some((run) => run.model?.path === modelPath),
    async close() {
      if (closed) return;
      closed = true;
      deafen();
      if (woken) clearImmediate(woken);
      const running = [...runs];
      for (const { stop } of running) stop.abort();
      await Promise.all(running.map(({ finished }) => finished));
      for (const { page } of running) project.queue.release(page.id);
      for (const resolve of idlers.splice(0)) resolve();
    },
  };
}
