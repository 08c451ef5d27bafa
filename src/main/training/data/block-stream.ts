import { createRandom } from '../../../core/synthesis/random.ts';
import type { Batch } from '../step-session.ts';
import { copyAugmented } from './copy-augmented.ts';
import { patchBytes } from './patch-layout.ts';

/** Patches by their number. */
export interface BlockStream {
  /** Copies patch `sample`, mirrored and coloured, into place `place` of a batch; waits while its page is drawn. */
  copy(sample: number, batch: Batch, place: number): Promise<void>;
}

export interface BlockOptions {
  readonly seed: number;
  readonly patchPx: number;
  readonly classes: number;
  /** As in `AugmentOptions`. */
  readonly weightPlanes?: { readonly patch: number; readonly batch: number };
  readonly colourJitter: number;
  readonly pagesPerBlock: number;
  readonly patchesPerPage: number;
  /** How often each patch is used. */
  readonly uses: number;
}

interface Block {
  readonly index: number;
  readonly pages: Promise<Uint8Array[]>;
}

/**
 * Mixes the patches of blocks of pages, a block ahead of what is asked for. Which patch comes when depends on the options
 * and its number alone, never on timing, so a run can go on anywhere: the block is drawn again.
 *
 * Memory: two blocks of `pagesPerBlock * patchesPerPage` patches.
 *
 * @param drawPage - cuts the patches of page `index`, in a thread of its own
 */
export function openBlockStream(
  options: BlockOptions,
  drawPage: (index: number) => Promise<Uint8Array>,
): BlockStream {
  const { seed, patchPx, classes, weightPlanes, pagesPerBlock, patchesPerPage, uses, colourJitter } = options;
  const perBlock = pagesPerBlock * patchesPerPage;
  const bytes = patchBytes(patchPx, classes, weightPlanes?.patch);
  let blocks: Block[] = [];
  const block = (index: number): Block => {
    const known = blocks.find((one) => one.index === index);
    if (known) return known;
    const pages = Array.from({ length: pagesPerBlock }, (_, page) => drawPage(index * pagesPerBlock + page));
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
    async copy(sample, batch, place) {
      const index = Math.floor(sample / (perBlock * uses));
      const within = sample - index * perBlock * uses;
      const patch = order(index, Math.floor(within / perBlock))[within % perBlock]!;
      const pages = await block(index).pages;
      block(index + 1);
      blocks = blocks.filter((one) => one.index >= index);
      const start = (patch % patchesPerPage) * bytes;
      const content = pages[Math.floor(patch / patchesPerPage)]!.subarray(start, start + bytes);
      const random = createRandom(seed).fork(`augment ${sample}`);
      copyAugmented(content, batch, place, random, { patchPx, classes, colourJitter, weightPlanes });
    },
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
