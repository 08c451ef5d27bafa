import { shallowRef, type ShallowRef } from 'vue';
import { addLead, resizeLead } from '../../../../core/edit/edit-cell.ts';
import type { PageEditor } from '../../../../core/edit/page-editor.ts';
import type { LeadCell } from '../../../../core/lead/layout.ts';
import { imageOutline } from '../../../../core/page-view/image-outline.ts';
import { LEAD_NAMES } from '../../../../shared/lead-name.ts';
import type { Points } from '../../canvas/polygon.ts';
import { useEditor } from '../../stores/editor-store.ts';

/** How near to the end of a lead the pointer takes hold of it, CSS pixels, and how far a box is begun. */
const END_REACH_PX = 9;
const BOX_LEAST_PX = 8;

/** A lead's ends and new leads under the pointer; points are canonical pixels. */
export interface LeadTool {
  /** Outline of what the pointer draws, image pixels. */
  readonly outline: ShallowRef<Points | null>;
  down(editor: PageEditor, x: number, y: number): void;
  move(editor: PageEditor, x: number, y: number): void;
  up(editor: PageEditor): void;
  cancel(): void;
}

type Held =
  | { readonly kind: 'end'; readonly cell: LeadCell; readonly side: 'x0' | 'x1'; readonly x: number }
  | {
      readonly kind: 'box';
      readonly from: readonly [number, number];
      readonly to: readonly [number, number];
    };

/** @param pxPerCss canonical pixels per CSS pixel */
export function useLeadTool(pxPerCss: (editor: PageEditor) => number): LeadTool {
  const store = useEditor();
  const outline = shallowRef<Points | null>(null);
  let held: Held | null = null;

  /** The cell whose row a point lies in; of those above each other the nearest. */
  function cellAt(editor: PageEditor, x: number, y: number, beyond: number): LeadCell | null {
    let best: LeadCell | null = null;
    for (const cell of editor.layout().cells) {
      if (x < cell.x0 - beyond || x > cell.x1 + beyond || y < cell.y0 || y > cell.y1) continue;
      if (!best || Math.abs(cell.baselineY - y) < Math.abs(best.baselineY - y)) best = cell;
    }
    return best;
  }

  function show(editor: PageEditor): void {
    if (!held) return void (outline.value = null);
    const box =
      held.kind === 'end'
        ? { ...held.cell, [held.side]: held.x }
        : {
            x0: Math.min(held.from[0], held.to[0]),
            x1: Math.max(held.from[0], held.to[0]),
            y0: Math.min(held.from[1], held.to[1]),
            y1: Math.max(held.from[1], held.to[1]),
          };
    outline.value = imageOutline(editor.ground.rectification.warp, box);
  }

  return {
    outline,
    down(editor, x, y) {
      const reach = END_REACH_PX * pxPerCss(editor);
      const active = editor.layout().cells.find(({ id }) => id === store.activeCell);
      const inRow = active && y >= active.y0 && y <= active.y1 ? active : null;
      for (const cell of [inRow, cellAt(editor, x, y, reach)]) {
        if (!cell) continue;
        const side = Math.abs(x - cell.x0) <= Math.abs(x - cell.x1) ? 'x0' : 'x1';
        if (Math.abs(x - cell[side]) > reach) continue;
        held = { kind: 'end', cell, side, x: cell[side] };
        return show(editor);
      }
      held = { kind: 'box', from: [x, y], to: [x, y] };
    },
    move(editor, x, y) {
      if (held?.kind === 'end') held = { ...held, x };
      if (held?.kind === 'box') held = { ...held, to: [x, y] };
      show(editor);
    },
    up(editor) {
      const done = held;
      held = null;
      outline.value = null;
      if (done?.kind === 'end') {
        const { cell, side, x } = done;
        store.activeCell = cell.id;
        if (Math.abs(x - cell[side]) < 1) return;
        const ends = { x0: cell.x0, x1: cell.x1, [side]: x };
        store.commit('lead', `Ends of ${cell.lead}`, resizeLead(editor, cell.id, ends.x0, ends.x1));
      } else if (done?.kind === 'box') {
        const [x0, x1] = [done.from[0], done.to[0]].sort((a, b) => a - b) as [number, number];
        const [y0, y1] = [done.from[1], done.to[1]].sort((a, b) => a - b) as [number, number];
        const least = BOX_LEAST_PX * pxPerCss(editor);
        if (x1 - x0 < least || y1 - y0 < least) {
          store.activeCell = cellAt(editor, x0, y0, 0)?.id ?? null;
          return;
        }
        const named = new Set(editor.layout().cells.map(({ lead }) => lead));
        const lead = LEAD_NAMES.find((name) => !named.has(name)) ?? 'II';
        store.commit('lead', `Add lead ${lead}`, addLead(editor, { x0, x1, y0, y1 }, lead));
        store.activeCell = editor.layout().cells.at(-1)?.id ?? null;
      }
    },
    cancel() {
      held = null;
      outline.value = null;
    },
  };
}
