import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { addLead, resizeLead } from '../../../../core/edit/edit-cell.ts';
import { guideSnaps, snapColumn, type GuideSnaps } from '../../../../core/edit/guide-snaps.ts';
import { splitLead } from '../../../../core/edit/split-lead.ts';
import type { PageEditor } from '../../../../core/edit/page-editor.ts';
import type { Box } from '../../../../core/image/raster.ts';
import type { LeadCell } from '../../../../core/lead/layout.ts';
import { imageOutline } from '../../../../core/page-view/image-outline.ts';
import { guideMarks, type GuideMarks } from '../../canvas/guide-marks.ts';
import type { Points } from '../../canvas/polygon.ts';
import { useEditor } from '../../stores/editor-store.ts';
import { useTemplateTool } from '../../stores/template-tool-store.ts';
import { nextLeadName } from '../../services/next-lead-name.ts';

/** How near to the end of a lead the pointer takes hold of it, CSS pixels, and how far a box is begun. */
const END_REACH_PX = 9;
const BOX_LEAST_PX = 8;
/** How far a guide or a cut is drawn to what lies near, CSS pixels. */
const SNAP_REACH_PX = 7;

/** A lead's ends and new leads under the pointer; points are canonical pixels. */
export interface LeadTool {
  /** Outline of what the pointer draws, image pixels. */
  readonly outline: ShallowRef<Points | null>;
  /** Guides of the layout that is being laid over the page. */
  readonly guides: ComputedRef<GuideMarks | null>;
  /** @param alt splits the lead under the pointer */
  down(editor: PageEditor, x: number, y: number, alt: boolean): void;
  /** @param alt draws guides to nothing */
  move(editor: PageEditor, x: number, y: number, alt: boolean): void;
  up(editor: PageEditor): void;
  cancel(): void;
}

type Held =
  | { readonly kind: 'end'; readonly cell: LeadCell; readonly side: 'x0' | 'x1'; readonly x: number }
  | { readonly kind: 'split'; readonly cell: LeadCell; readonly x: number; readonly snaps: GuideSnaps }
  | { readonly kind: 'guide' }
  | {
      readonly kind: 'box';
      readonly from: readonly [number, number];
      readonly to: readonly [number, number];
    };

/** @param pxPerCss canonical pixels per CSS pixel */
export function useLeadTool(pxPerCss: (editor: PageEditor) => number): LeadTool {
  const store = useEditor();
  const template = useTemplateTool();
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
    if (!held || held.kind === 'guide') return void (outline.value = null);
    const box = boxOf(held);
    outline.value = imageOutline(editor.ground.rectification.warp, box);
  }

  return {
    outline,
    guides: computed(() => {
      const open = store.editor;
      return open && template.guides
        ? guideMarks(open.ground.rectification, template.guides, template.held)
        : null;
    }),
    down(editor, x, y, alt) {
      const reach = END_REACH_PX * pxPerCss(editor);
      if (template.guides) {
        held = template.take(x, y, reach) ? { kind: 'guide' } : null;
        return;
      }
      const under = alt ? cellAt(editor, x, y, 0) : null;
      if (under) {
        held = { kind: 'split', cell: under, x, snaps: guideSnaps(editor) };
        return show(editor);
      }
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
    move(editor, x, y, alt) {
      const reach = SNAP_REACH_PX * pxPerCss(editor);
      if (held?.kind === 'guide') return template.drag(x, y, reach, alt);
      if (held?.kind === 'split') held = { ...held, x: snapColumn(x, [held.cell.x0], held.snaps, reach).at };
      if (held?.kind === 'end') held = { ...held, x };
      if (held?.kind === 'box') held = { ...held, to: [x, y] };
      show(editor);
    },
    up(editor) {
      const done = held;
      held = null;
      outline.value = null;
      if (done?.kind === 'guide') return template.letGo();
      if (done?.kind === 'split') {
        const { cell, x } = done;
        store.activeCell = cell.id;
        return store.commit(
          'lead',
          `Split ${cell.lead}`,
          splitLead(editor, cell.id, x, nextLeadName(editor.layout())),
        );
      }
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
        const lead = nextLeadName(editor.layout());
        store.commit('lead', `Add lead ${lead}`, addLead(editor, { x0, x1, y0, y1 }, lead));
        store.activeCell = editor.layout().cells.at(-1)?.id ?? null;
      }
    },
    cancel() {
      held = null;
      outline.value = null;
      template.letGo();
    },
  };
}

/** The box that is shown of what the pointer holds. */
function boxOf(held: Exclude<Held, { kind: 'guide' }>): Box {
  if (held.kind === 'end') return { ...held.cell, [held.side]: held.x };
  if (held.kind === 'split') return { ...held.cell, x0: held.cell.x0, x1: held.x };
  const [x0, x1] = [held.from[0], held.to[0]].sort((a, b) => a - b) as [number, number];
  const [y0, y1] = [held.from[1], held.to[1]].sort((a, b) => a - b) as [number, number];
  return { x0, x1, y0, y1 };
}
