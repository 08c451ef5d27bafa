import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { reduceLadder, reduceLevelFor, REDUCE_LEVELS, type ReduceLevel } from '../../canvas/reduce-level.ts';
import { bitmapAtHand, loadBitmap } from '../../services/page-bitmaps.ts';

/** The picture to draw right now. */
export interface ShownBitmap {
  readonly id: number;
  readonly level: ReduceLevel;
  readonly bitmap: ImageBitmap;
}

/**
 * Keeps the best picture of a page for the zoom: shows what is at hand at once, then the small one, then the wanted
 * one. Requests of a page that was left are aborted.
 */
export function usePageBitmap(
  id: Readonly<Ref<number | null>>,
  scale: Readonly<Ref<number>>,
): { shown: ShallowRef<ShownBitmap | null>; error: Ref<string | null>; retry: () => void } {
  const shown = shallowRef<ShownBitmap | null>(null);
  const error = ref<string | null>(null);
  let running: AbortController | null = null;

  function show(pageId: number, level: ReduceLevel, bitmap: ImageBitmap): void {
    shown.value = { id: pageId, level, bitmap };
  }

  function bestAtHand(pageId: number, wanted: ReduceLevel): ReduceLevel | null {
    const finer = REDUCE_LEVELS.filter((level) => level <= wanted);
    const coarser = REDUCE_LEVELS.filter((level) => level > wanted).reverse();
    return [...finer, ...coarser].find((level) => bitmapAtHand(pageId, level) !== null) ?? null;
  }

  async function load(): Promise<void> {
    running?.abort();
    const pageId = id.value;
    error.value = null;
    if (pageId === null) {
      shown.value = null;
      return;
    }
    const mine = (running = new AbortController());
    const wanted = reduceLevelFor(scale.value, devicePixelRatio);
    const ready = bestAtHand(pageId, wanted);
    if (ready !== null) show(pageId, ready, bitmapAtHand(pageId, ready)!);
    if (ready !== null && ready <= wanted) return;
    try {
      for (const level of reduceLadder(wanted)) {
        if (ready !== null && level >= ready) continue;
        const bitmap = await loadBitmap(pageId, level, mine.signal);
        if (mine.signal.aborted) return;
        show(pageId, level, bitmap);
      }
    } catch (thrown) {
      if (mine.signal.aborted) return;
      // The page before must not pass for this one.
      if (shown.value?.id !== pageId) shown.value = null;
      error.value = thrown instanceof Error ? thrown.message : String(thrown);
    }
  }

  watch([id, () => reduceLevelFor(scale.value, devicePixelRatio)], () => void load(), { immediate: true });
  onBeforeUnmount(() => running?.abort());
  return { shown, error, retry: () => void load() };
}
