import { shallowRef, type ShallowRef } from 'vue';
import type { PageEditor } from '../../../../core/edit/page-editor.ts';
import { paintPolyline } from '../../../../core/edit/paint-polyline.ts';
import { useEditor } from '../../stores/editor-store.ts';
import { usePageLook } from '../../stores/page-look-store.ts';
import {
  NO_LINE,
  polylineGesture,
  type PolylineEvent,
  type PolylineState,
} from '../../tools/polyline-gesture.ts';
import type { HeldTool } from './held-tool.ts';

/** How near to its last point a click ends the line, CSS pixels. */
const END_REACH_PX = 6;

/** A line being drawn, for the view. */
export interface DrawnLine extends PolylineState {
  readonly cellId: string;
  readonly erase: boolean;
}

/**
 * The thick line: click after click into a lead's mask.
 *
 * @param target - the lead that a tool works on at an image point
 * @param scale - CSS pixels per image pixel
 */
export function useLineTool(
  target: (u: number, v: number) => string | null,
  scale: () => number,
): HeldTool & { readonly drawn: ShallowRef<DrawnLine | null> } {
  const store = useEditor();
  const seen = usePageLook();
  const drawn = shallowRef<DrawnLine | null>(null);

  function step(editor: PageEditor | null, event: PolylineEvent): void {
    const before = drawn.value;
    if (!before) return;
    const [next, line] = polylineGesture(before, event);
    drawn.value = next.points.length > 0 ? { ...before, ...next } : null;
    if (!line || !editor) return;
    const { cellId, erase } = before;
    const { lead } = editor.cell(cellId);
    const done = paintPolyline(editor, cellId, line, {
      mode: erase ? 'erase' : 'paint',
      radiusPx: store.brushPx / 2,
      onInk: store.onInk,
      seen: seen.look,
      setsPath: store.lineSetsPath,
    });
    store.commit('line', erase ? `Line off ${lead}` : `Line on ${lead}`, done);
  }

  return {
    drawn,
    down(editor, u, v, { opposite, eraser }) {
      if (!drawn.value) {
        const cellId = target(u, v);
        if (!cellId) return;
        drawn.value = { ...NO_LINE, cellId, erase: opposite || eraser };
      }
      step(editor, { type: 'click', at: [u, v], reachPx: END_REACH_PX / scale() });
    },
    move: (editor, u, v) => step(editor, { type: 'hover', at: [u, v] }),
    up: () => undefined,
    cancel: () => step(null, { type: 'drop' }),
    hover: (u, v) => step(null, { type: 'hover', at: [u, v] }),
    waiting: () => drawn.value !== null,
    keep: (editor) => step(editor, { type: 'end' }),
    back: () => step(null, { type: 'back' }),
  };
}
