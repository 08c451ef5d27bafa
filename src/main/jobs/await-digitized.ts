import { AppError } from '../../shared/app-error.ts';
import type { Project } from '../store/open-project.ts';
import type { DigitizeJobs } from './digitize-jobs.ts';

/**
 * Queues pages that are not digitized yet and waits until all are, or have failed. Jobs that are paused are waited for.
 *
 * @param onPage a page is done
 * @throws AppError `cancelled`; the pages stay queued then
 */
export async function awaitDigitized(
  project: Project,
  jobs: Pick<DigitizeJobs, 'enqueue'>,
  ids: readonly number[],
  { signal, onPage }: { readonly signal: AbortSignal; readonly onPage?: (id: number) => void },
): Promise<void> {
  const open = new Set(ids);
  await new Promise<void>((resolve, reject) => {
    const end = (finish: () => void): void => {
      deafen();
      signal.removeEventListener('abort', stop);
      finish();
    };
    const stop = (): void => end(() => reject(new AppError('cancelled', 'The import was cancelled.')));
    const collect = (changed: readonly number[]): void => {
      for (const { id, status } of project.pages.summaries(changed.filter((id) => open.has(id)))) {
        if (/^(ok|partial|failed)$/.test(status) && open.delete(id)) onPage?.(id);
      }
      if (open.size === 0) end(resolve);
    };
    const deafen = project.on((event) => event.type === 'pages' && collect(event.ids));
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) return stop();
    jobs.enqueue(ids, { again: false });
    collect(ids);
  });
}
