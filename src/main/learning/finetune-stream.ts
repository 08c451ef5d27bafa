import { Piscina } from 'piscina';
import { SEGMENT_CLASSES } from '../../core/mask/segment-classes.ts';
import { openBlockStream } from '../training/data/block-stream.ts';
import { openPageThreads, type PatchStream } from '../training/data/patch-stream.ts';
import type { TrainingConfig } from '../training/training-config.ts';
import { replayCount, type FinetuneConfig } from './finetune-config.ts';
import type { SetPatchesData } from './set-patches-worker.ts';
import type { SetPage } from './training-manifest.ts';

export interface FinetuneStreamOptions {
  readonly config: FinetuneConfig;
  /** Settings that replay is drawn by. */
  readonly replay: TrainingConfig;
  readonly bases: readonly string[];
  /** Folder of the training set, and its pages to learn from. */
  readonly folder: string;
  readonly pages: readonly SetPage[];
}

/**
 * Batches of patches of a training set first and synthetic ones behind them, by the number of the step, with a plane of
 * weights per class. Like every patch stream it can begin anywhere.
 */
export function openFinetuneStream({
  config,
  replay,
  bases,
  folder,
  pages,
}: FinetuneStreamOptions): PatchStream {
  const { seed, batch: size, patchPx, colourJitter, patchesPerPage, pagesPerBlock } = config;
  const classes = SEGMENT_CLASSES.length;
  const area = patchPx * patchPx;
  const synthetic = replayCount(config);
  const taught = size - synthetic;
  const workerData: SetPatchesData = { folder, pages, config };
  const reader = new Piscina<number, Uint8Array>({
    filename: new URL('./set-patches-worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: 1,
    workerData,
  });
  const common = { patchPx, classes, colourJitter };
  const own = openBlockStream(
    {
      ...common,
      seed,
      weightPlanes: { patch: classes, batch: classes },
      pagesPerBlock,
      patchesPerPage,
      uses: 1,
    },
    (index) => reader.run(index),
  );
  const threads = synthetic > 0 ? openPageThreads(replay, bases) : null;
  const drawn =
    threads &&
    openBlockStream(
      { ...common, ...replay.data, seed: replay.seed, weightPlanes: { patch: 1, batch: classes } },
      threads.draw,
    );
  return {
    async batch(step) {
      const batch = {
        image: new Uint8Array(size * 3 * area),
        target: new Uint8Array(size * classes * area),
        weight: new Uint8Array(size * classes * area),
      };
      for (let place = 0; place < size; place++) {
        if (place < taught) await own.copy(step * taught + place, batch, place);
        else await drawn!.copy(step * synthetic + place - taught, batch, place);
      }
      return batch;
    },
    async close() {
      await Promise.all([reader.destroy(), threads?.close()]);
    },
  };
}
