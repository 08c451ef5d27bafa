import { Piscina } from 'piscina';
import type { ScanPageOutcome, ScanPageTask } from './digitize-scan-page.ts';

/** Worker threads that digitize and encode pages. */
export interface ScanPagePool {
  /** Rejects with an `AbortError` when `signal` fires (its thread is ended), and when a thread dies. */
  readonly run: (task: ScanPageTask, signal: AbortSignal) => Promise<ScanPageOutcome>;
  readonly close: () => Promise<void>;
}

/** Starts up to `threads` worker threads on demand. */
export function createScanPagePool(threads: number): ScanPagePool {
  const pool = new Piscina<ScanPageTask, ScanPageOutcome>({
    filename: new URL('./scan-page-worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    idleTimeout: 30_000,
  });
  return {
    run: (task, signal) => pool.run(task, { signal }),
    close: () => pool.destroy(),
  };
}
