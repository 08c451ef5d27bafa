import { onBeforeUnmount, ref, watch, type ComputedRef, type ShallowRef } from 'vue';
import { machineMask } from '../../../../core/edit/mask-and-path.ts';
import type { MaskTiles } from '../../../../core/edit/mask-tiles.ts';
import type { PageEditor } from '../../../../core/edit/page-editor.ts';
import type { PageScene } from '../../canvas/page-scene.ts';
import { leadColour } from '../../canvas/lead-palette.ts';
import { rgbOf, type PaintedMask } from '../../canvas/mask-painter.ts';
import { useEditor } from '../../stores/editor-store.ts';
import { usePreferences } from '../../stores/preferences-store.ts';

/** How strongly the masks of the leads that are not worked on show beside the others. */
const BESIDE = 0.45;
/** So many leads' masks are drawn anew at once after an action; the others follow one by one. */
const AT_ONCE = 2;

/**
 * Shows the masks of the page being corrected: as a layer, and always while painting. Masks that were not asked for yet are
 * made one after the other, so that the window goes on meanwhile.
 *
 * @param above more to paint over them
 */
export function useMasks(
  scene: Readonly<ShallowRef<PageScene | null>>,
  above: ComputedRef<readonly PaintedMask[]>,
): void {
  const store = useEditor();
  const preferences = usePreferences().values;
  /** Counts masks that were made in the background. */
  const made = ref(0);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const machines = new WeakMap<PageEditor, Map<string, MaskTiles>>();
  /** What of a painted mask is the machine's; undefined where nobody painted. */
  function machineOf(editor: PageEditor, cellId: string): MaskTiles | undefined {
    if (!editor.ownsMask(cellId)) return undefined;
    const known = machines.get(editor) ?? new Map<string, MaskTiles>();
    machines.set(editor, known);
    if (!known.has(cellId)) known.set(cellId, machineMask(editor, cellId));
    return known.get(cellId);
  }

  function makeNext(editor: PageEditor): void {
    clearTimeout(timer);
    const next = editor.layout().cells.find(({ id }) => !editor.hasMask(id));
    if (!next) return;
    timer = setTimeout(() => {
      editor.mask(next.id);
      made.value++;
    });
  }

  watch(
    () => store.changed,
    (cellIds) => {
      for (const cellId of cellIds) scene.value?.repaintMask(cellId);
    },
  );
  watch(
    [
      scene,
      () => store.editor,
      () => store.version,
      () => store.tool,
      () => store.activeCell,
      () => preferences.layers.masks.visible,
      () => preferences.layers.masks.opacity,
      above,
      made,
    ],
    ([now, editor], [, before]) => {
      if (!now) return;
      const painting = ['brush', 'erase', 'line', 'wand'].includes(store.tool);
      const { visible, opacity } = preferences.layers.masks;
      if (!editor || !(visible || painting)) return now.setMasks(above.value);
      if (editor !== before) for (const { id } of editor.layout().cells) now.repaintMask(id);
      else if (store.changed.length <= AT_ONCE) store.changed.forEach((id) => editor.mask(id));
      const cells = editor.layout().cells.filter(({ id }) => editor.hasMask(id));
      const active = cells.findIndex(({ id }) => id === store.activeCell);
      if (active >= 0) cells.push(...cells.splice(active, 1));
      const masks = cells.map(({ id, lead }): PaintedMask => {
        const share = active >= 0 && id !== store.activeCell ? BESIDE : 1;
        // Over black ink only light colours tell what belongs to a lead.
        const colour = rgbOf(leadColour(lead, 'dark'));
        const machine = machineOf(editor, id);
        const painted = { cellId: id, mask: editor.mask(id), colour, opacity: opacity * share };
        return machine ? { ...painted, machine } : painted;
      });
      now.setMasks([...masks, ...above.value]);
      makeNext(editor);
    },
  );
  onBeforeUnmount(() => clearTimeout(timer));
}
