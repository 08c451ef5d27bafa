import { workerData } from 'node:worker_threads';
import { move } from 'piscina';
import sharp from 'sharp';
import { SEGMENT_CLASSES } from '../../core/mask/segment-classes.ts';
import { createRandom } from '../../core/synthesis/random.ts';
import { cutPatches } from '../training/data/cut-patches.ts';
import type { FinetuneConfig } from './finetune-config.ts';
import { openPageBytes, openSetPage, type OpenSetPage } from './open-set-page.ts';
import { pageOfDraw } from './page-of-draw.ts';
import type { SetPage } from './training-manifest.ts';

/** What the thread is started with. */
export interface SetPatchesData {
  readonly folder: string;
  /** Pages to learn from. */
  readonly pages: readonly SetPage[];
  readonly config: FinetuneConfig;
}

/** Pages kept open, so that few pages are not read again and again. */
const KEPT_BYTES = 192 * 2 ** 20;

// One page at a time in one thread: the cores are wanted elsewhere.
sharp.concurrency(1);
sharp.cache(false);

const { folder, pages, config } = workerData as SetPatchesData;
const open = new Map<SetPage, OpenSetPage>();

/** Cuts the patches of draw `index`. */
export default async function cutSetPatches(index: number): Promise<Uint8Array> {
  const page =
    pages[
      pageOfDraw(
        pages.map(({ effort }) => effort),
        config.seed,
        index,
      )
    ]!;
  const opened = open.get(page) ?? (await openSetPage(folder, page));
  open.delete(page);
  open.set(page, opened);
  let bytes = 0;
  for (const kept of [...open.keys()].reverse()) {
    bytes += openPageBytes(kept);
    if (bytes > KEPT_BYTES && kept !== page) open.delete(kept);
  }
  const random = createRandom(config.seed).fork(`patches ${index}`);
  const patches = cutPatches(opened, random, {
    count: config.patchesPerPage,
    patchPx: config.patchPx,
    focus: SEGMENT_CLASSES.map((name) => config.focus[name] ?? 0),
  });
  return move(patches) as unknown as Uint8Array;
}
