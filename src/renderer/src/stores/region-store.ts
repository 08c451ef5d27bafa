import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { addRegion, dropRegion } from '../../../core/edit/edit-regions.ts';
import type { PageRegion, RegionGap, RegionKind } from '../../../core/region/page-region.ts';
import { useEditor } from './editor-store.ts';
import { usePage } from './page-store.ts';
import { useToasts } from './toast-store.ts';

/** What a region is called. */
export const REGION_WORDS: Readonly<Record<RegionKind, string>> = {
  exclude: 'Excluded',
  include: 'Included',
  model: 'Read by the model',
};

const ACTION_WORDS: Readonly<Record<RegionKind, string>> = {
  exclude: 'Exclude a region',
  include: 'Include a region',
  model: 'Let the model read a region',
};

/** Parts of the open page that people spoke about, and how the next one is marked. */
export const useRegions = defineStore('regions', () => {
  const editor = useEditor();
  const page = usePage();
  const toasts = useToasts();
  const kind = ref<'exclude' | 'include'>('exclude');
  const gap = ref<RegionGap>('bridge');
  /** Drawn free-hand or as a rectangle. */
  const shape = ref<'lasso' | 'box'>('lasso');
  /** Only for the lead that is worked on. */
  const onlyActive = ref(false);
  const selected = ref<string | null>(null);

  const list = computed<readonly PageRegion[]>(() => {
    // The editor's documents are no reactive state; the version counts their changes.
    return editor.version >= 0 ? (editor.editor?.regions() ?? []) : [];
  });
  const owner = computed(() => (onlyActive.value ? editor.activeCell : null));

  /** Marks a region; points in image pixels. */
  function add(points: PageRegion['points'], seen: PageRegion['seen'] = null): void {
    const open = editor.editor;
    if (!open) return;
    const region = {
      kind: seen ? ('model' as const) : kind.value,
      points,
      cellId: seen ? null : owner.value,
      gap: gap.value,
      seen,
    };
    const result = addRegion(open, region);
    if (!result) return void toasts.show({ title: 'Nothing of the page lies in there' });
    editor.commit(seen ? 'model' : 'region', ACTION_WORDS[region.kind], result);
    selected.value = list.value.at(-1)?.id ?? null;
  }

  /** Takes the selected region away. */
  function drop(): void {
    const open = editor.editor;
    const region = list.value.find(({ id }) => id === selected.value);
    if (!open || !region) return;
    editor.commit(
      'region',
      `Remove a region: ${REGION_WORDS[region.kind].toLowerCase()}`,
      dropRegion(open, region.id),
    );
    selected.value = null;
  }

  watch([() => page.id, () => editor.tool], () => (selected.value = null));

  return { kind, gap, shape, onlyActive, selected, list, add, drop };
});
