import { isAbsolute } from 'node:path';
import {
  MOST_LISTED,
  type ImportIssue,
  type ImportPreview,
  type ImportProgress,
  type ImportRequest,
} from '../../shared/api/import-record.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { checkSignals } from '../import/check-signals.ts';
import { importFolder } from '../import/import-folder.ts';
import { DOUBTFUL, importWords } from '../import/import-words.ts';
import { planImport, type ImportPlan } from '../import/plan-import.ts';
import { previewOf } from '../import/preview-of.ts';
import { awaitDigitized } from '../jobs/await-digitized.ts';
import type { DigitizeJobs } from '../jobs/digitize-jobs.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import type { Library } from '../library/open-library.ts';
import type { Project } from '../store/open-project.ts';

/** Imports of folders into the open project, one at a time. */
export interface Imports {
  /** @throws AppError `conflict` while one is being imported; `usage` */
  preview(request: ImportRequest): { importId: number };
  /** @throws AppError `not-found` */
  answer(importId: number): ImportPreview;
  /** @throws AppError `not-found`, `conflict` when it is no longer, or not yet, a preview */
  start(importId: number, options: { readonly align: boolean }): void;
  /** @throws AppError `not-found` */
  cancel(importId: number): void;
  /** Last state, for a window that connects. */
  snapshot(): ImportProgress[];
  /** Cancels what runs and waits for it. */
  close(): Promise<void>;
}

/** Files that are read side by side. */
const AT_A_TIME = 2;

interface Job {
  readonly request: ImportRequest;
  readonly controller: AbortController;
  plan: ImportPlan | null;
  preview: ImportPreview | null;
  progress: ImportProgress;
  done: Promise<void>;
}

/** Looks through folders and imports them in the background; the last event of each is `done` or `failed`. */
export function createImports(
  project: Project,
  library: Library,
  jobs: DigitizeJobs,
  processes: PageProcesses,
  publish: (progress: ImportProgress) => void,
): Imports {
  let count = 0;
  let current: Job | null = null;

  const tell = (job: Job, progress: Partial<ImportProgress>): void => {
    job.progress = { ...job.progress, ...progress };
    if (current === job) publish(job.progress);
  };
  const run = (job: Job, work: () => Promise<void>): void => {
    job.done = work().catch((thrown: unknown) => {
      tell(job, { stage: 'failed', message: toAppError(thrown).message });
    });
  };
  const find = (importId: number): Job => {
    if (current?.progress.importId === importId) return current;
    throw new AppError('not-found', 'There is no such import any more. Look through the folder again.');
  };
  const isBusy = (): boolean =>
    current !== null && ['importing', 'digitizing', 'comparing'].includes(current.progress.stage);

  const look = async (job: Job): Promise<void> => {
    const { from, kind, masksFrom, pairList, columns, fs, unit, seconds } = job.request;
    const hints = {
      columns,
      ...(fs === null ? {} : { fs }),
      ...(unit === null ? {} : { millivoltsPerUnit: unit === 'mV' ? 1 : 0.001 }),
    };
    const { signal } = job.controller;
    const plan = await planImport(from, { kind, masksFrom, pairList, hints });
    tell(job, { stage: 'reading', done: 0, total: plan.pairs.length });
    const checked = await checkSignals(plan, {
      processes,
      jobs: AT_A_TIME,
      seconds,
      signal,
      onProgress: (progress) => tell(job, progress),
    });
    job.plan = plan;
    job.preview = previewOf(from, plan, checked.facts, [...plan.mismatches, ...checked.issues]);
    tell(job, { stage: 'ready' });
  };

  const bring = async (job: Job, plan: ImportPlan, align: boolean): Promise<void> => {
    const { signal } = job.controller;
    tell(job, { stage: 'importing', done: 0, total: plan.pairs.length });
    const outcome = await importFolder(project, library, plan, {
      processes,
      jobs: AT_A_TIME,
      seconds: job.request.seconds,
      maxLagSeconds: job.request.seconds,
      align,
      signal,
      onProgress: (progress) => tell(job, progress),
      digitize: async (ids) => {
        let done = 0;
        tell(job, { stage: 'digitizing', done, total: ids.length });
        const onPage = (): void => tell(job, { done: ++done });
        await awaitDigitized(project, jobs, ids, { signal, onPage });
        tell(job, { stage: 'comparing', done: 0, total: 0 });
      },
    });
    const doubtful = outcome.compared.filter(({ correlation }) => correlation < DOUBTFUL);
    const issues: readonly ImportIssue[] = [
      ...outcome.mismatches,
      ...doubtful.map(({ scan, correlation }): ImportIssue => {
        const reason = `The page looks unlike its known signals (r ${correlation.toFixed(2)}).`;
        return { kind: 'doubtful', path: scan, reason };
      }),
    ];
    job.preview = {
      ...job.preview!,
      issues: issues.slice(0, MOST_LISTED),
      issuesInAll: issues.length,
    };
    tell(job, { stage: 'done', message: importWords(outcome) });
  };

  return {
    preview(request) {
      for (const path of [request.from, request.masksFrom, request.pairList]) {
        if (path !== null && !isAbsolute(path))
          throw new AppError('usage', `"${path}" is not an absolute path.`);
      }
      if (isBusy()) throw new AppError('conflict', 'Another folder is being imported. Wait, or cancel it.');
      current?.controller.abort();
      const progress: ImportProgress = {
        importId: ++count,
        stage: 'looking',
        done: 0,
        total: 0,
        message: null,
      };
      const controller = new AbortController();
      const job: Job = { request, controller, plan: null, preview: null, progress, done: Promise.resolve() };
      current = job;
      publish(progress);
      run(job, () => look(job));
      return { importId: progress.importId };
    },
    answer(importId) {
      const { preview } = find(importId);
      if (!preview) throw new AppError('not-found', 'The folder is still being looked through.');
      return preview;
    },
    start(importId, { align }) {
      const job = find(importId);
      const { plan } = job;
      if (!plan || job.progress.stage !== 'ready') {
        throw new AppError('conflict', 'This import has begun already, or is not ready yet.');
      }
      run(job, () => bring(job, plan, align));
    },
    cancel: (importId) => find(importId).controller.abort(),
    snapshot: () => (current ? [current.progress] : []),
    async close() {
      current?.controller.abort();
      await current?.done;
    },
  };
}
