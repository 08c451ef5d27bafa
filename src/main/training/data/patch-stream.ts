import { Piscina } from 'piscina';
import type { TrainingConfig } from '../training-config.ts';
import type { Batch } from '../step-session.ts';
import { openBlockStream } from './block-stream.ts';
import type { PatchWorkerData } from './render-patches-worker.ts';

/** Batches by the number of their step. */
export interface PatchStream {
  /** The batch of step `step`; waits only when the threads have not kept up. */
  batch(step: number): Promise<Batch>;
  close(): Promise<void>;
}

/**
 * Threads that draw the synthetic pages of the settings and cut their patches.
 *
 * @param bases - folders that relative folders of records may start from
 */
export function openPageThreads(
  config: TrainingConfig,
  bases: readonly string[],
): { readonly draw: (index: number) => Promise<Uint8Array>; readonly close: () => Promise<void> } {
  const workerData: PatchWorkerData = { config, bases };
  const pool = new Piscina<number, Uint8Array>({
    filename: new URL('./render-patches-worker.ts', import.meta.url).href,
    minThreads: config.workers,
    maxThreads: config.workers,
    workerData,
  });
  return { draw: (index) => pool.run(index), close: () => pool.destroy() };
}

/** Draws pages in worker threads, a block ahead of the step, and mixes their patches, see `openBlockStream`. */
export function openPatchStream(
  config: TrainingConfig,
  bases: readonly string[],
  classes: number,
): PatchStream {
  const { seed, patchPx, batch: size } = config;
  const area = patchPx * patchPx;
  const threads = openPageThreads(config, bases);
  const blocks = openBlockStream({ seed, patchPx, classes, ...config.data }, threads.draw);
  return {
    async batch(step) {
      const batch = {
        image: new Uint8Array(size * 3 * area),
        target: new Uint8Array(size * classes * area),
        weight: new Uint8Array(size * area),
      };
      for (let place = 0; place < size; place++) await blocks.copy(step * size + place, batch, place);
      return batch;
    },
    close: threads.close,
  };
}
