import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { Box } from '../../../core/image/raster.ts';
import type { TraceView } from '../../../shared/api/trace-bytes.ts';

/** The moment both the page and the signal panel point at. */
export interface Cursor {
  readonly cellId: string;
  /** Page time, seconds. */
  readonly seconds: number;
  readonly source: 'page' | 'signal';
}

/** A stretch of page time with some leads, shown as a band on page and paper. */
export interface Highlight {
  readonly cellIds: readonly string[];
  readonly startSeconds: number | null;
  readonly endSeconds: number | null;
}

/** What the page view offers to the rest of the window. */
export interface PageViewActions {
  fit(): void;
  zoomBy(factor: number): void;
  zoomTo(scale: number): void;
  focusCell(cellId: string): void;
  /** Moves the page just so far that a box of image pixels lies in the open. */
  reveal(box: Box): void;
  /** @param traces lines to have in view; the page's own when absent */
  focusSpan(
    cellIds: readonly string[],
    startSeconds: number | null,
    endSeconds: number | null,
    traces?: readonly TraceView[],
  ): void;
}

/** View state shared by page, signal panel and inspector. */
export const useView = defineStore('view', () => {
  const cursor = shallowRef<Cursor | null>(null);
  const hoveredCell = ref<string | null>(null);
  const highlight = shallowRef<Highlight | null>(null);
  /** H is held: all overlays step aside. */
  const peeking = ref(false);
  /** M is held: a glass lies over the page at the pointer. */
  const magnifying = ref(false);
  const measuring = ref(false);
  /** Whether keys move a pointer over the page. */
  const pointingByKeys = ref(false);
  /** Zoom of the page, CSS pixels per image pixel; starts near what fits a scan. */
  const scale = ref(0.35);
  const pageView = shallowRef<PageViewActions | null>(null);
  /** Whether the whole dataset is shown instead of a page. */
  const dataset = ref(false);
  const dialog = ref<
    | 'add-folder'
    | 'compact'
    | 'export'
    | 'help'
    | 'import'
    | 'learn'
    | 'models'
    | 'palette'
    | 'readers'
    | null
  >(null);

  function focusCell(cellId: string): void {
    highlight.value = { cellIds: [cellId], startSeconds: null, endSeconds: null };
    pageView.value?.focusCell(cellId);
  }

  function focusSpan(next: Highlight, traces?: readonly TraceView[]): void {
    highlight.value = next;
    pageView.value?.focusSpan(next.cellIds, next.startSeconds, next.endSeconds, traces);
  }

  return {
    cursor,
    hoveredCell,
    highlight,
    peeking,
    magnifying,
    measuring,
    pointingByKeys,
    scale,
    pageView,
    dataset,
    dialog,
    focusCell,
    focusSpan,
  };
});
