import { watch } from 'vue';
import { startWand, type WandFill } from '../../../../core/edit/wand-fill.ts';
import { useEditor } from '../../stores/editor-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import type { HeldTool } from './held-tool.ts';

/** How far the pointer goes sideways from no tolerance to all, CSS pixels. */
const DRAG_PX = 300;
const TOLERANCE = { least: 0.02, most: 0.95 } as const;

/**
 * The wand: ink about the point clicked, more or less of it as the pointer is dragged sideways.
 *
 * @param target - the lead that a tool works on at an image point
 * @param onTiles - tiles of a lead's mask that changed
 */
export function useWandTool(
  target: (u: number, v: number) => string | null,
  onTiles: (cellId: string, names: Iterable<string>) => void,
): HeldTool {
  const store = useEditor();
  const toasts = useToasts();
  let fill: WandFill | null = null;
  let removes = false;
  let from = { x: 0, tolerance: 0 };

  function show(): void {
    if (fill) onTiles(fill.cellId, fill.setThreshold(1 - store.wandTolerance));
  }

  // The slider and the keys change the tolerance while the wand is held, too.
  watch(() => store.wandTolerance, show);

  return {
    down(editor, u, v, { x, opposite, eraser }) {
      const cellId = target(u, v);
      if (!cellId) return;
      removes = eraser || store.wandRemoves !== opposite;
      fill = startWand(editor, cellId, u, v, removes ? 'remove' : 'add');
      if (!fill) {
        const { lead } = editor.cell(cellId);
        const title = removes ? `Nothing of ${lead} lies there` : `There is no ink there that ${lead} lacks`;
        toasts.show({ title });
        return;
      }
      from = { x, tolerance: store.wandTolerance };
      show();
    },
    move(_editor, _u, _v, x) {
      if (!fill) return;
      const tolerance = from.tolerance + (x - from.x) / DRAG_PX;
      store.wandTolerance = Math.max(TOLERANCE.least, Math.min(TOLERANCE.most, tolerance));
      // Watchers run later than the pointer is let go.
      show();
    },
    up(editor) {
      const done = fill;
      fill = null;
      if (!done) return;
      const { lead } = editor.cell(done.cellId);
      store.commit('wand', removes ? `Take ink off ${lead}` : `Add ink to ${lead}`, done.finish());
    },
    cancel() {
      if (fill) onTiles(fill.cellId, fill.cancel());
      fill = null;
    },
  };
}
