import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { decodeLook, type RegionLook } from '../../../core/region/page-region.ts';
import type { ServerEvent } from '../../../shared/api/server-event.ts';
import { call } from '../api/client.ts';
import { useEditor } from './editor-store.ts';
import { usePage } from './page-store.ts';
import { useToasts } from './toast-store.ts';

/** What the model sees of the whole open page, for brushes that paint only there. Asked for when it is first wanted. */
export const usePageLook = defineStore('page-look', () => {
  const page = usePage();
  const editor = useEditor();
  const toasts = useToasts();
  /** Whether brushes go by it. */
  const wanted = ref(false);
  const known = shallowRef<{ readonly reading: string; readonly look: RegionLook } | null>(null);
  /** Tiles the model has seen; null while it is not at work. */
  const running = shallowRef<{ readonly job: string; readonly done: number; readonly total: number } | null>(
    null,
  );

  /** Another reading of the page may lie otherwise. */
  const reading = computed(() => {
    const { detail } = page.bundle ?? {};
    return detail && detail.id === page.id ? `${detail.id} ${detail.digitizedAt}` : null;
  });
  const look = computed(() =>
    wanted.value && known.value?.reading === reading.value ? known.value!.look : null,
  );

  async function load(id: number, now: string): Promise<void> {
    const job = crypto.randomUUID();
    running.value = { job, done: 0, total: 0 };
    try {
      const seen = decodeLook(await call('lookAtPage', { id, job }));
      if (reading.value === now) known.value = { reading: now, look: seen };
    } catch (thrown) {
      if (running.value?.job === job) wanted.value = false;
      toasts.fail('The model did not look', thrown);
    } finally {
      if (running.value?.job === job) running.value = null;
    }
  }

  /** The program tells how far the model is. */
  function apply({ job, done, total }: Extract<ServerEvent, { type: 'part-look' }>): void {
    if (running.value?.job === job) running.value = { job, done, total };
  }

  watch([wanted, reading, () => editor.correcting && editor.phase === 'open'], ([wish, now, open]) => {
    if (wish && open && now !== null && known.value?.reading !== now) void load(page.id!, now);
  });

  return { wanted, look, running, apply };
});
