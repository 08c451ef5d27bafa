import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import type { LeadTable } from '../../../core/metrics/lead-table.ts';
import { unpackLeadTable } from '../../../core/metrics/pack-lead-table.ts';
import { scorePage, type PageScore } from '../../../core/metrics/score-page.ts';
import { toLeadTable } from '../../../core/metrics/to-lead-table.ts';
import { call } from '../api/client.ts';
import { usePage } from './page-store.ts';

/** How long after a change the comparison follows, milliseconds: it takes a few frames' time. */
const DELAY_MS = 200;

/** The known signals of the open page, where there are any, and how near the digitized ones come to them. */
export const useReference = defineStore('reference', () => {
  const page = usePage();
  const table = shallowRef<LeadTable | null>(null);
  const score = shallowRef<PageScore | null>(null);
  /** Why the known signals cannot be read, in words. */
  const problem = ref<string | null>(null);
  /** Whether they are drawn beside the digitized ones. */
  const shown = ref(true);
  /** How many times larger than the signals the difference is drawn; 0 for not at all. */
  const difference = ref(0);
  let timer: ReturnType<typeof setTimeout> | undefined;

  watch(
    () => (page.bundle?.detail.hasReference ? page.bundle.detail.id : null),
    async (id) => {
      table.value = null;
      score.value = null;
      problem.value = null;
      if (id === null) return;
      try {
        const read = unpackLeadTable(await call('pageReference', { id }));
        if (page.bundle?.detail.id === id) table.value = read;
      } catch (thrown) {
        problem.value = thrown instanceof Error ? thrown.message : String(thrown);
      }
    },
    { immediate: true },
  );
  watch([table, () => page.bundle?.signals], ([known, signals]) => {
    clearTimeout(timer);
    if (!known || !signals || signals.length === 0) return void (score.value = null);
    timer = setTimeout(() => (score.value = scorePage(known, toLeadTable(signals))), DELAY_MS);
  });

  return { table, score, problem, shown, difference };
});
