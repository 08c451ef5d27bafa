import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { applyTemplate } from '../../../core/edit/apply-template.ts';
import {
  guideSnaps,
  snapColumn,
  snapRow,
  type GuideSnaps,
  type Snapped,
} from '../../../core/edit/guide-snaps.ts';
import { createPageEditor, type PageEditor } from '../../../core/edit/page-editor.ts';
import { firstGuides, moveGuide, type TemplateGuides } from '../../../core/edit/template-guides.ts';
import type { LayoutKind } from '../../../core/lead/layout.ts';
import { documentChanges } from '../../../shared/edit/document-changes.ts';
import { useEditor } from './editor-store.ts';
import { useLayerLocks } from './layer-locks.ts';
import { usePage } from './page-store.ts';
import { useToasts } from './toast-store.ts';

/** Guides lie at least so far apart, millimetres. */
const LEAST_MM = 5;

/** A guide under the pointer. */
export interface HeldGuide {
  readonly which: 'columns' | 'rows';
  readonly index: number;
  readonly snapped: Snapped['to'] | null;
}

/** A layout laid over the page by guides, which is applied as one correction. */
export const useTemplateTool = defineStore('template-tool', () => {
  const page = usePage();
  const editor = useEditor();
  const locks = useLayerLocks();
  const toasts = useToasts();
  const guides = shallowRef<TemplateGuides | null>(null);
  const held = shallowRef<HeldGuide | null>(null);
  /** Share that is done while it is applied. */
  const progress = ref<number | null>(null);
  const busy = computed(() => progress.value !== null);
  let snaps: GuideSnaps | null = null;
  let running: AbortController | null = null;

  function choose(kind: LayoutKind | null, cabrera = false): void {
    const open = editor.editor;
    snaps = null;
    guides.value = null;
    if (!open || kind === null) return;
    const {
      canonicalWidth: width,
      canonicalHeight: height,
      canonicalPxPerMm: pxPerMm,
    } = open.ground.rectification;
    guides.value = firstGuides(open.layout(), kind, cabrera, { width, height, pxPerMm });
  }

  /** Takes hold of the guide near a canonical point; tells whether there is one. */
  function take(x: number, y: number, reachPx: number): boolean {
    const now = guides.value;
    if (!now || busy.value) return false;
    const near = (which: 'columns' | 'rows', at: number) =>
      now[which].map((line, index) => ({ which, index, off: Math.abs(line - at) }));
    const best = [...near('columns', x), ...near('rows', y)].sort((a, b) => a.off - b.off)[0];
    if (!best || best.off > reachPx) return false;
    held.value = { which: best.which, index: best.index, snapped: null };
    return true;
  }

  /** Drags the held guide. @param free whether it is drawn to nothing */
  function drag(x: number, y: number, reachPx: number, free: boolean): void {
    const now = guides.value;
    const open = editor.editor;
    if (!now || !open || !held.value) return;
    snaps ??= guideSnaps(open);
    const { which, index } = held.value;
    const lines = now[which];
    const beside = [lines[index - 1], lines[index + 1]].filter((line) => line !== undefined);
    const snapped: { at: number; to: Snapped['to'] | null } = free
      ? { at: which === 'columns' ? x : y, to: null }
      : which === 'columns'
        ? snapColumn(x, beside, snaps, reachPx)
        : snapRow(y, snaps, reachPx);
    guides.value = moveGuide(now, which, index, snapped.at, LEAST_MM * snaps.pxPerMm);
    held.value = { which, index, snapped: snapped.to };
  }

  /** Puts a guide at a place, millimetres from the upper left, as the keyboard does. */
  function place(which: 'columns' | 'rows', index: number, mm: number): void {
    const open = editor.editor;
    if (!guides.value || !open || busy.value) return;
    const { canonicalPxPerMm } = open.ground.rectification;
    const to = mm * canonicalPxPerMm;
    guides.value = moveGuide(guides.value, which, index, to, LEAST_MM * canonicalPxPerMm);
  }

  /** Where a guide lies, millimetres from the upper left, to a tenth. */
  function placeOf(which: 'columns' | 'rows', index: number): number {
    const at = guides.value?.[which][index] ?? 0;
    const pxPerMm = editor.editor?.ground.rectification.canonicalPxPerMm ?? 1;
    return Math.round((10 * at) / pxPerMm) / 10;
  }

  function letGo(): void {
    held.value = null;
  }

  function cancel(): void {
    running?.abort();
    guides.value = null;
    held.value = null;
  }

  /** Lays the leads out; a lead is traced between two frames, so that the window goes on. */
  async function apply(): Promise<void> {
    const open = editor.editor;
    const now = guides.value;
    if (!open || !now || busy.value || locks.refuse(['boxes'])) return;
    const mine = (running = new AbortController());
    progress.value = 0;
    try {
      const scratch = createPageEditor(open.base, open.documents, open.evidence);
      const from = new Map(open.documents);
      for (const { done, total } of applyTemplate(scratch, now)) {
        progress.value = done / total;
        await new Promise(requestAnimationFrame);
        if (mine.signal.aborted) return;
      }
      commit(open, from, scratch, now.kind);
      guides.value = null;
    } catch (thrown) {
      toasts.fail('The leads were not laid out', thrown, () => void apply());
    } finally {
      progress.value = null;
    }
  }

  function commit(
    open: PageEditor,
    from: ReadonlyMap<string, Uint8Array>,
    scratch: PageEditor,
    kind: LayoutKind,
  ): void {
    if (editor.editor !== open) return;
    // Refused as a conflict where the page was changed meanwhile.
    const result = open.apply(documentChanges(from, scratch.documents));
    editor.activeCell = null;
    editor.commit('lead', `Layout ${kind}`, result);
  }

  watch([() => page.id, () => editor.tool, () => editor.editor], cancel);

  return { guides, held, progress, busy, choose, take, drag, place, placeOf, letGo, cancel, apply };
});
