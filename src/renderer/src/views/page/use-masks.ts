import { onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue';
import { pageResidual, type PageResidual } from '../../../../core/edit/page-residual.ts';
import type { PageScene } from '../../canvas/page-scene.ts';
import { leadColour } from '../../canvas/lead-palette.ts';
import { rgbOf, type PaintedMask } from '../../canvas/mask-painter.ts';
import { useEditor } from '../../stores/editor-store.ts';
import { usePage } from '../../stores/page-store.ts';
import { usePreferences } from '../../stores/preferences-store.ts';

/** How strongly the masks of the leads that are not worked on show beside the others. */
const BESIDE = 0.45;

/** Colours of what the traces miss and of what they invent. */
const MISSED = rgbOf('#e5484d');
const INVENTED = rgbOf('#ffab00');
/** How long after a change the comparison with the ink follows, milliseconds. */
const RESIDUAL_DELAY_MS = 150;

/** Shows the masks of the page being corrected, as a layer and always while painting, and what they leave of the ink. */
export function useMasks(scene: Readonly<ShallowRef<PageScene | null>>): void {
  const store = useEditor();
  const page = usePage();
  const preferences = usePreferences().values;

  const residual = shallowRef<PageResidual | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    [() => store.editor, () => store.version, () => preferences.layers.residual.visible, () => page.phase],
    ([editor, , visible]) => {
      clearTimeout(timer);
      if (!visible) return void (residual.value = null);
      if (!editor) {
        residual.value = null;
        if (page.phase === 'ready') void store.open();
        return;
      }
      timer = setTimeout(() => (residual.value = pageResidual(editor)), RESIDUAL_DELAY_MS);
    },
    { immediate: true },
  );
  onBeforeUnmount(() => clearTimeout(timer));

  watch(
    [
      scene,
      () => store.editor,
      () => store.version,
      () => store.tool,
      () => store.activeCell,
      () => preferences.layers.masks.visible,
      () => preferences.layers.masks.opacity,
      residual,
      () => preferences.layers.residual.opacity,
    ],
    ([now, editor], [, before]) => {
      if (!now) return;
      const painting = store.tool === 'brush' || store.tool === 'erase';
      const { visible, opacity } = preferences.layers.masks;
      const left = leftovers();
      if (!editor || !(visible || painting)) return now.setMasks(left);
      if (editor !== before) for (const { id } of editor.layout().cells) now.repaintMask(id);
      const cells = [...editor.layout().cells];
      const active = cells.findIndex(({ id }) => id === store.activeCell);
      if (active >= 0) cells.push(...cells.splice(active, 1));
      now.setMasks([
        ...cells.map(({ id, lead }): PaintedMask => {
          const share = active >= 0 && id !== store.activeCell ? BESIDE : 1;
          return {
            cellId: id,
            mask: editor.mask(id),
            // Over black ink only light colours tell what belongs to a lead.
            colour: rgbOf(leadColour(lead, 'dark')),
            opacity: opacity * share,
          };
        }),
        ...left,
      ]);
    },
  );

  function leftovers(): PaintedMask[] {
    const { value } = residual;
    if (!value) return [];
    const { opacity } = preferences.layers.residual;
    scene.value?.repaintMask('missed');
    scene.value?.repaintMask('invented');
    return [
      { cellId: 'missed', mask: value.missed, colour: MISSED, opacity },
      { cellId: 'invented', mask: value.invented, colour: INVENTED, opacity },
    ];
  }

  watch(
    () => store.changed,
    (cellIds) => {
      for (const cellId of cellIds) scene.value?.repaintMask(cellId);
    },
  );
}
