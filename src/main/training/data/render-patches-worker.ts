import { workerData } from 'node:worker_threads';
import { move } from 'piscina';
import { createRandom } from '../../../core/synthesis/random.ts';
import { SEGMENT_CLASSES } from '../../../core/mask/segment-classes.ts';
import type { TrainingConfig } from '../training-config.ts';
import { cutPatches } from './cut-patches.ts';
import { openPageSource } from './page-source.ts';

/** What every thread is started with. */
export interface PatchWorkerData {
  readonly config: TrainingConfig;
  readonly bases: readonly string[];
}

const { config, bases } = workerData as PatchWorkerData;
const source = openPageSource(config, bases);

/** Draws training page `index` and cuts its patches. */
export default async function renderPatches(index: number): Promise<Uint8Array> {
  const page = (await source).trainingPage(index);
  const random = createRandom(config.seed).fork(`patches ${index}`);
  const { patchesPerPage: count, focus } = config.data;
  const patches = cutPatches({ ...page, weights: [page.weight] }, random, {
    count,
    patchPx: config.patchPx,
    focus: SEGMENT_CLASSES.map((name) => focus[name] ?? 0),
  });
  return move(patches) as unknown as Uint8Array;
}
