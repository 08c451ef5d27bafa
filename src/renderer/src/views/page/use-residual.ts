import { computed, onBeforeUnmount, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { pageResidual, type PageResidual } from '../../../../core/edit/page-residual.ts';
import type { PageScene } from '../../canvas/page-scene.ts';
import { rgbOf, type PaintedMask } from '../../canvas/mask-painter.ts';
import { useEditor } from '../../stores/editor-store.ts';
import { usePage } from '../../stores/page-store.ts';
import { usePreferences } from '../../stores/preferences-store.ts';

/** Colours of what the traces miss and of what they invent. */
const MISSED = rgbOf('#e5484d');
const INVENTED = rgbOf('#ffab00');
/** How long after a change the comparison with the ink follows, milliseconds. */
const DELAY_MS = 150;

/** What the traces leave of the ink, as masks to paint; empty while the layer is hidden. The page is opened for it. */
export function useResidual(
  scene: Readonly<ShallowRef<PageScene | null>>,
): ComputedRef<readonly PaintedMask[]> {
  const store = useEditor();
  const page = usePage();
  const preferences = usePreferences().values;
  const residual = shallowRef<PageResidual | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function compare(editor: NonNullable<typeof store.editor>): void {
    residual.value = pageResidual(editor);
    scene.value?.repaintMask('missed');
    scene.value?.repaintMask('invented');
  }

  watch(
    [() => store.editor, () => store.version, () => preferences.layers.residual.visible, () => page.phase],
    ([editor, , visible], [before]) => {
      clearTimeout(timer);
      if (!visible || editor !== before) residual.value = null;
      if (!visible) return;
      if (editor) timer = setTimeout(() => compare(editor), DELAY_MS);
      else if (page.phase === 'ready') void store.open();
    },
    { immediate: true },
  );
  onBeforeUnmount(() => clearTimeout(timer));

  return computed(() => {
    const { value } = residual;
    const { opacity } = preferences.layers.residual;
    if (!value) return [];
    return [
      { cellId: 'missed', mask: value.missed, colour: MISSED, opacity },
      { cellId: 'invented', mask: value.invented, colour: INVENTED, opacity },
    ];
  });
}
