import { computed, watch, type ShallowRef } from 'vue';
import type { PageScene } from '../../canvas/page-scene.ts';
import { buildComparison } from '../../canvas/paint-comparison.ts';
import { useCompare } from '../../stores/compare-store.ts';
import { useEditor } from '../../stores/editor-store.ts';

/** Shows the two readings that are compared in the place of the traces, unless these are being corrected. */
export function useComparison(scene: Readonly<ShallowRef<PageScene | null>>): void {
  const store = useCompare();
  const editor = useEditor();
  const shown = computed(() => (editor.correcting || store.sideBySide ? null : store.comparison));
  watch([scene, shown, () => store.current], ([now, comparison, current]) => {
    if (!comparison) return now?.setComparison(null);
    const { first, second, difference } = comparison;
    const leads = difference.leads.map(({ cellId, stretches }) => ({
      first: first.traces.find((trace) => trace.cellId === cellId) ?? null,
      second: second.traces.find((trace) => trace.cellId === cellId) ?? null,
      stretches,
    }));
    now?.setComparison(buildComparison(leads, current));
  });
}
