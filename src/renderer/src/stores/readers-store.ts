import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ReadingMode, ReadingState } from '../../../shared/api/reading-record.ts';
import { call } from '../api/client.ts';
import { forgetAllPageBundles } from '../services/page-bundle.ts';
import { windowId } from '../services/window-id.ts';
import { useEditor } from './editor-store.ts';
import { usePage } from './page-store.ts';
import { useQueue } from './queue-store.ts';

/** Who reads at this window, and whether pages are read by one or by two. */
export const useReaders = defineStore('readers', () => {
  const page = usePage();
  const queue = useQueue();
  const state = shallowRef<ReadingState | null>(null);
  const two = computed(() => state.value?.mode === 'two');

  async function load(): Promise<void> {
    state.value = await call('readers', {});
  }

  async function change(next: { mode?: ReadingMode; reader?: string }): Promise<void> {
    // What was done so far is signed by whoever did it.
    await useEditor().settled();
    state.value = await call('changeReaders', { window: windowId, ...next });
    if (!two.value) {
      queue.filter.stage = null;
      if (queue.filter.sort === 'agreement') queue.filter.sort = 'name';
    }
  }

  /** Leaves the reader's own, unfinished reading of a page to others. */
  async function giveBack(id: number): Promise<void> {
    await call('giveBackReading', { id, window: windowId });
    await Promise.all([queue.refresh([id]), page.refresh([id])]);
  }

  /** The project tells that it was changed: every page may look otherwise now. */
  async function changed(): Promise<void> {
    forgetAllPageBundles();
    await Promise.allSettled([
      load(),
      queue.reread(),
      ...(page.id === null ? [] : [page.refresh([page.id])]),
    ]);
  }

  return { state, two, load, change, giveBack, changed };
});
