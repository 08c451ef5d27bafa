import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { doubtfulSpans, nextSpan, type DoubtfulSpan } from './doubtful-spans.ts';
import { usePage } from './page-store.ts';
import { useToasts } from './toast-store.ts';
import { useView } from './view-store.ts';

const TOPIC = 'doubt';

/** The doubtful stretches of the open page, visited one after the other. */
export const useDoubts = defineStore('doubts', () => {
  const page = usePage();
  const view = useView();
  const toasts = useToasts();
  const visited = shallowRef<DoubtfulSpan | null>(null);
  const spans = computed(() => {
    const { bundle } = page;
    return bundle ? doubtfulSpans(bundle.signals, bundle.detail.cells, bundle.detail.findings) : [];
  });

  /** Goes to the next (1) or the previous (-1) one and says why it is doubtful. */
  function visit(way: 1 | -1): void {
    const span = nextSpan(spans.value, visited.value, way);
    visited.value = span;
    if (!span) {
      toasts.show({ topic: TOPIC, kind: 'success', title: 'Nothing on this page is doubtful' });
      return;
    }
    const { cellId, startSeconds, endSeconds } = span;
    view.focusSpan({ cellIds: [cellId], startSeconds, endSeconds });
    const at = spans.value.indexOf(span) + 1;
    toasts.show({ topic: TOPIC, title: `Doubt ${at} of ${spans.value.length}`, detail: span.words });
  }

  watch(
    () => page.id,
    () => {
      visited.value = null;
      toasts.dismissTopic(TOPIC);
    },
  );
  return { spans, visited, visit };
});
