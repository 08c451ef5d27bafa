import { Piscina } from 'piscina';
import { createRandom } from '../../../core/synthesis/random.ts';
import type { TrainingConfig } from '../training-config.ts';
import type { Batch } from '../step-session.ts';
import { copyAugmented } from './copy-augmented.ts';
import { patchBytes } from './patch-layout.ts';
import type { PatchWorkerData } from './render-patches-worker.ts';

/** Batches by the number of their step. */
export interface PatchStream {
  /** The batch of step `step`; waits only when the threads have not kept up. */
  batch(step: number): Promise<Batch>;
  close(): Promise<void>;
}

interface Block {
  readonly index: number;
  readonly pages: Promise<Uint8Array[]>;
}

/**
 * Draws pages in worker threads, a block ahead of the step, and mixes the patches of a block. Which patch comes when
 * depends on the settings and the step alone, never on timing, so a run can go on at any step: the block is drawn again.
 *
 * Memory: two blocks of `pagesPerBlock * patchesPerPage` patches.
 */
export function openPatchStream(
  config: TrainingConfig,
  bases: readonly string[],
  classes: number,
): PatchStream {
  const { seed, patchPx, batch: size } = config;
  const { pagesPerBlock, patchesPerPage, uses, colourJitter } = config.data;
  const perBlock = pagesPerBlock * patchesPerPage;
  const bytes = patchBytes(patchPx, classes);
  const area = patchPx * patchPx;
  const workerData: PatchWorkerData = { config, bases };
  const pool = new Piscina<number, Uint8Array>({
    filename: new URL('./render-patches-worker.ts', import.meta.url).href,
    minThreads: config.workers,
    maxThreads: config.workers,
    workerData,
  });
  let blocks: Block[] = [];
  const block = (index: number): Block => {
    const known = blocks.find((one) => one.index === index);
    if (known) return known;
    const pages = Array.from({ length: pagesPerBlock }, (_, page) => pool.run(index * pagesPerBlock + page));
    const made = { index, pages: Promise.all(pages) };
    // Whoever waits for the block hears of a failure; a block drawn ahead must not end the process before.
    made.pages.catch(() => {});
    blocks = [...blocks, made];
    return made;
  };
  const orders = new Map<string, Uint32Array>();
  const order = (index: number, use: number): Uint32Array => {
    const key = `order ${index} ${use}`;
    const known = orders.get(key);
    if (known) return known;
    if (orders.size > 4) orders.clear();
    const made = shuffled(perBlock, createRandom(seed).fork(key).next);
    orders.set(key, made);
    return made;
  };

  return {
    async batch(step) {
      const batch = {
        image: new Uint8Array(size * 3 * area),
        target: new Uint8Array(size * classes * area),
        weight: new Uint8Array(size * area),
      };
      for (let place = 0; place < size; place++) {
        const sample = step * size + place;
        const index = Math.floor(sample / (perBlock * uses));
        const within = sample - index * perBlock * uses;
        const patch = order(index, Math.floor(within / perBlock))[within % perBlock]!;
        const pages = await block(index).pages;
        block(index + 1);
        blocks = blocks.filter((one) => one.index >= index);
        const start = (patch % patchesPerPage) * bytes;
        const content = pages[Math.floor(patch / patchesPerPage)]!.subarray(start, start + bytes);
        const random = createRandom(seed).fork(`augment ${sample}`);
        copyAugmented(content, batch, place, random, { patchPx, classes, colourJitter });
      }
      return batch;
    },
    close: () => pool.destroy(),
  };
}

/** 0 to n - 1 in random order (Fisher and Yates). */
function shuffled(n: number, next: () => number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, k) => k);
  for (let k = n - 1; k > 0; k--) {
    const other = Math.floor(next() * (k + 1));
    [order[k], order[other]] = [order[other]!, order[k]!];
  }
  return order;
}
