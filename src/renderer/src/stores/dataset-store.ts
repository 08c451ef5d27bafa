import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { DatasetPage, DatasetProgress } from '../../../shared/api/dataset-look.ts';
import { toAppError, type AppError } from '../../../shared/app-error.ts';
import { call } from '../api/client.ts';

const IDLE: DatasetProgress = { running: false, done: 0, total: 0, failed: 0 };
/** While pages are looked at, the charts are drawn anew this often at most. */
const RELOAD_MS = 2500;

/** The project's pages as a dataset, and how far the look at them is. */
export const useDataset = defineStore('dataset', () => {
  const pages = shallowRef<readonly DatasetPage[]>([]);
  const progress = shallowRef<DatasetProgress>(IDLE);
  const phase = ref<'loading' | 'ready' | 'failed'>('loading');
  const error = shallowRef<AppError | null>(null);
  const unseen = computed(() => pages.value.filter(({ hash }) => hash === null).length);

  async function load(): Promise<void> {
    try {
      const answer = await call('dataset', {});
      pages.value = answer.pages;
      progress.value = answer.progress;
      phase.value = 'ready';
      error.value = null;
    } catch (thrown) {
      error.value = toAppError(thrown);
      if (phase.value !== 'ready') phase.value = 'failed';
    }
  }

  async function look(): Promise<void> {
    progress.value = await call('lookAtDataset', {});
  }

  async function cancel(): Promise<void> {
    progress.value = await call('cancelDataset', {});
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  function apply(next: DatasetProgress): void {
    const ended = progress.value.running && !next.running;
    progress.value = next;
    if (ended) {
      clearTimeout(timer);
      timer = undefined;
      void load();
    } else {
      timer ??= setTimeout(() => {
        timer = undefined;
        void load();
      }, RELOAD_MS);
    }
  }

  return { pages, progress, phase, error, unseen, load, look, cancel, apply };
});
