import { call } from '../api/client.ts';
import { useJobs } from '../stores/jobs-store.ts';
import { useToasts } from '../stores/toast-store.ts';

/** Returns what digitizes every page of the project again, filtered or not, and tells how many. */
export function useDigitizeAll(): () => void {
  const jobs = useJobs();
  const toasts = useToasts();
  const run = (): void => {
    const work = async (): Promise<void> => {
      const { ids } = await call('pageIds', {});
      const queued = await jobs.digitize(ids, true);
      toasts.show({
        title: queued === 1 ? '1 page is digitized again' : `${queued} pages are digitized again`,
      });
    };
    void work().catch((thrown: unknown) => toasts.fail('The pages were not queued', thrown, run));
  };
  return run;
}
