import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type {
  CompactionPreview,
  CompactionProgress,
  KeepRule,
} from '../../../shared/api/compaction-record.ts';
import { call } from '../api/client.ts';
import { windowId } from '../services/window-id.ts';

/** What of old history is merged, and how far that is. */
export const useCompaction = defineStore('compaction', () => {
  const keep = shallowRef<KeepRule | null>(null);
  const preview = shallowRef<CompactionPreview | null>(null);
  const progress = shallowRef<CompactionProgress | null>(null);
  const running = computed(() => progress.value !== null && !progress.value.finished);
  /** What the last one did; another object after each. */
  const result = computed(() => (progress.value?.finished ? progress.value : null));
  let asking: AbortController | null = null;

  async function load(): Promise<void> {
    const state = await call('compaction', {});
    keep.value = state.keep;
    progress.value = state.progress?.finished ? null : state.progress;
    await look();
  }

  /** Finds out what would be merged; a question that is still under way is dropped. */
  async function look(): Promise<void> {
    asking?.abort();
    const mine = (asking = new AbortController());
    const rule = keep.value;
    preview.value = null;
    if (!rule) return;
    try {
      const { actions, days } = rule;
      const answer = await call('previewCompaction', { actions, days }, { signal: mine.signal });
      if (asking === mine) preview.value = answer;
    } catch (thrown) {
      if (!mine.signal.aborted) throw thrown;
    }
  }

  async function change(next: Partial<KeepRule>): Promise<void> {
    if (!keep.value) return;
    keep.value = (await call('changeKeep', { ...keep.value, ...next, window: windowId })).keep;
    await look();
  }

  async function start(): Promise<void> {
    await call('compactHistory', { window: windowId });
  }

  async function cancel(): Promise<void> {
    await call('cancelCompaction', {});
  }

  function apply(next: CompactionProgress): void {
    progress.value = next;
  }

  return { keep, preview, progress, running, result, load, look, change, start, cancel, apply };
});
