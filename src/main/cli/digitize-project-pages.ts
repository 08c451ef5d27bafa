import { AppError } from '../../shared/app-error.ts';
import type { PageModel } from '../inference/page-model.ts';
import { startDigitizeJobs } from '../jobs/digitize-jobs.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import type { Project } from '../store/open-project.ts';

export interface DigitizeProjectPages {
  readonly jobs: number;
  readonly model: PageModel | null;
  readonly signal: AbortSignal;
  /** A page that was asked for is done. */
  readonly onPage?: (id: number) => void;
}

/**
 * Digitizes pages of a project that are not digitized yet, or wait to be again; the others are left as they are.
 *
 * @throws AppError `storage` when results cannot be kept, `cancelled`
 */
export async function digitizeProjectPages(
  project: Project,
  processes: PageProcesses,
  ids: readonly number[],
  { jobs, model, signal, onPage }: DigitizeProjectPages,
): Promise<void> {
  const open = new Set(ids);
  project.queue.enqueue(ids, { again: false });
  const collect = (changed: readonly number[]): void => {
    const mine = changed.filter((id) => open.has(id));
    for (const { id, status } of project.pages.summaries(mine)) {
      if ((status === 'ok' || status === 'partial' || status === 'failed') && open.delete(id)) onPage?.(id);
    }
  };
  collect(ids);
  if (open.size === 0) return;
  const deafen = project.on((event) => event.type === 'pages' && collect(event.ids));
  const digitizing = startDigitizeJobs(project, processes, { jobs, model: () => model });
  try {
    const stopped = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
    });
    await Promise.race([digitizing.idle(), stopped]);
    const { problem } = digitizing.state();
    if (problem && !signal.aborted) throw new AppError('storage', problem);
  } finally {
    deafen();
    await digitizing.close();
  }
  if (signal.aborted) throw new AppError('cancelled', 'Stopped; what is digitized is kept.');
}
