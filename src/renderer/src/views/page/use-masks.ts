import { watch, type ShallowRef } from 'vue';
import type { PageScene } from '../../canvas/page-scene.ts';
import { leadColour } from '../../canvas/lead-palette.ts';
import { rgbOf, type PaintedMask } from '../../canvas/mask-painter.ts';
import { useEditor } from '../../stores/editor-store.ts';
import { usePreferences } from '../../stores/preferences-store.ts';

/** How strongly the masks of the leads that are not worked on show beside the others. */
const BESIDE = 0.45;

/** Shows the masks of the page being corrected: as a layer, and always while painting. */
export function useMasks(scene: Readonly<ShallowRef<PageScene | null>>): void {
  const store = useEditor();
  const preferences = usePreferences().values;

  watch(
    [
      scene,
      () => store.editor,
      () => store.version,
      () => store.tool,
      () => store.activeCell,
      () => preferences.layers.masks.visible,
      () => preferences.layers.masks.opacity,
    ],
    ([now, editor], [, before]) => {
      if (!now) return;
      const painting = store.tool === 'brush' || store.tool === 'erase';
      const { visible, opacity } = preferences.layers.masks;
      if (!editor || !(visible || painting)) return now.setMasks([]);
      if (editor !== before) for (const { id } of editor.layout().cells) now.repaintMask(id);
      const cells = [...editor.layout().cells];
      const active = cells.findIndex(({ id }) => id === store.activeCell);
      if (active >= 0) cells.push(...cells.splice(active, 1));
      now.setMasks(
        cells.map(({ id, lead }): PaintedMask => {
          const share = active >= 0 && id !== store.activeCell ? BESIDE : 1;
          return {
            cellId: id,
            mask: editor.mask(id),
            // Over black ink only light colours tell what belongs to a lead.
            colour: rgbOf(leadColour(lead, 'dark')),
            opacity: opacity * share,
          };
        }),
      );
    },
  );
  watch(
    () => store.changed,
    (cellIds) => {
      for (const cellId of cellIds) scene.value?.repaintMask(cellId);
    },
  );
}
