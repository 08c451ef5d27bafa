import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import { decodeLook, type PageRegion } from '../../../core/region/page-region.ts';
import type { ServerEvent } from '../../../shared/api/server-event.ts';
import { toAppError } from '../../../shared/app-error.ts';
import { call } from '../api/client.ts';
import { useEditor } from './editor-store.ts';
import { usePage } from './page-store.ts';
import { useRegions } from './region-store.ts';
import { useToasts } from './toast-store.ts';

/** The model at work on a part of the page. */
export interface RunningLook {
  readonly job: string;
  readonly points: PageRegion['points'];
  /** Tiles it has seen; 0 of 0 before it begins. */
  readonly done: number;
  readonly total: number;
  readonly stopper: AbortController;
}

/** Lets the project's model look at a part of the open page: what it sees becomes a region. One at a time. */
export const usePartLook = defineStore('part-look', () => {
  const page = usePage();
  const editor = useEditor();
  const regions = useRegions();
  const toasts = useToasts();
  const running = shallowRef<RunningLook | null>(null);

  async function look(points: PageRegion['points']): Promise<void> {
    const { id } = page;
    if (id === null) return;
    stop();
    const mine: RunningLook = {
      job: crypto.randomUUID(),
      points,
      done: 0,
      total: 0,
      stopper: new AbortController(),
    };
    running.value = mine;
    try {
      // What was done so far is kept first, so that nothing of it waits behind the model.
      await editor.settled();
      const { signal } = mine.stopper;
      const bytes = await call('lookAtPart', { id, job: mine.job, points: [...points] as never }, { signal });
      if (running.value?.job !== mine.job) return;
      running.value = null;
      if (page.id === id) regions.add(points, decodeLook(bytes));
    } catch (thrown) {
      if (running.value?.job !== mine.job) return;
      running.value = null;
      const error = toAppError(thrown);
      if (error.code !== 'cancelled') toasts.fail('The model did not look', error);
    }
  }

  function stop(): void {
    const before = running.value;
    running.value = null;
    before?.stopper.abort();
  }

  /** The program tells how far the model is. */
  function apply({ job, done, total }: Extract<ServerEvent, { type: 'part-look' }>): void {
    if (running.value?.job === job) running.value = { ...running.value, done, total };
  }

  watch(() => page.id, stop);

  return { running, look, stop, apply };
});
