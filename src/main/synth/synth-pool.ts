import { Piscina } from 'piscina';
import type { SynthOutcome, SynthTask } from './synth-task.ts';

/** Worker threads that draw and write pages; a task rejects when `signal` fires (its thread is ended). */
export interface SynthPool {
  readonly draw: (task: SynthTask, signal?: AbortSignal) => Promise<SynthOutcome>;
  readonly close: () => Promise<void>;
}

/** A pool of up to `threads` threads, started on demand. */
export function createSynthPool(threads: number): SynthPool {
  const pool = new Piscina<SynthTask, SynthOutcome>({
    filename: new URL('./synth-worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    idleTimeout: 30_000,
  });
  return {
    draw: (task, signal) => pool.run(task, { signal }),
    close: () => pool.destroy(),
  };
}
