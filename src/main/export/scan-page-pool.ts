import { Piscina } from 'piscina';
import type { ScanPageOutcome, ScanPageTask } from './digitize-scan-page.ts';
import type { EncodedPage, StoredPageTask } from './encode-stored-page.ts';

/** Worker threads that digitize and encode pages; a task rejects when `signal` fires (its thread is ended). */
export interface ScanPagePool {
  readonly digitize: (task: ScanPageTask, signal?: AbortSignal) => Promise<ScanPageOutcome>;
  readonly encode: (task: StoredPageTask, signal?: AbortSignal) => Promise<EncodedPage>;
  readonly close: () => Promise<void>;
}

/** A pool of up to `threads` threads, started on demand; `worker` is their entry. */
export function createScanPagePool(
  threads: number,
  worker = new URL('./scan-page-worker.ts', import.meta.url),
): ScanPagePool {
  const pool = new Piscina({
    filename: worker.href,
    minThreads: 1,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    idleTimeout: 30_000,
  });
  return {
    digitize: (task, signal) =>
      pool.run(task, { name: 'digitizeScanPage', signal }) as Promise<ScanPageOutcome>,
    encode: (task, signal) => pool.run(task, { name: 'encodeStoredPage', signal }) as Promise<EncodedPage>,
    close: () => pool.destroy(),
  };
}
