import { computed, ref, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { polygonBounds } from '../../canvas/polygon.ts';
import { traceBounds } from '../../canvas/trace-geometry.ts';
import {
  containViewport,
  fitViewport,
  focusViewport,
  panBy,
  revealBox,
  zoomAt,
  type Size,
  type Viewport,
} from '../../canvas/viewport.ts';
import { usePage } from '../../stores/page-store.ts';
import { useQueue } from '../../stores/queue-store.ts';
import { useView, type PageViewActions } from '../../stores/view-store.ts';
import type { ShownBitmap } from './use-page-bitmap.ts';

/** The view onto the page and everything that moves it. */
export interface PageViewport {
  readonly viewport: ShallowRef<Viewport>;
  readonly image: ComputedRef<Size | null>;
  readonly actions: PageViewActions;
  pan(dx: number, dy: number): void;
  zoom(x: number, y: number, factor: number): void;
}

/**
 * Fits every newly opened page; a fitted page stays fitted when the panes are resized.
 *
 * @param shown - the picture on the screen, which tells the size of a page that was not digitized yet
 * @param fitting - where the page lies when it is fitted
 */
export function usePageViewport(
  size: Readonly<ShallowRef<Size>>,
  shown: Readonly<ShallowRef<ShownBitmap | null>>,
  fitting: (view: Size, image: Size) => Viewport = fitViewport,
): PageViewport {
  const page = usePage();
  const queue = useQueue();
  const view = useView();
  const viewport = shallowRef<Viewport>({ scale: 1, x: 0, y: 0 });
  const fitted = ref(true);
  /** What was asked for before the pane knew its size. */
  let awaited: (() => void) | null = null;

  const image = computed<Size | null>(() => {
    const known = page.bundle?.detail.id === page.id ? page.bundle?.detail : queue.current;
    if (known?.width && known.height) return { width: known.width, height: known.height };
    if (!shown.value || shown.value.id !== page.id) return null;
    const { bitmap, level } = shown.value;
    return { width: bitmap.width * level, height: bitmap.height * level };
  });

  function set(next: Viewport): void {
    viewport.value = image.value ? containViewport(next, size.value, image.value) : next;
    view.scale = viewport.value.scale;
  }

  function fit(): void {
    if (!image.value || size.value.width === 0) return;
    set(fitting(size.value, image.value));
    fitted.value = true;
  }

  function free(next: Viewport): void {
    fitted.value = false;
    set(next);
  }

  function zoom(x: number, y: number, factor: number): void {
    free(zoomAt(viewport.value, x, y, factor));
  }

  function focusSpan(
    cellIds: readonly string[],
    start: number | null,
    end: number | null,
    traces = page.bundle?.traces ?? [],
  ): void {
    const { bundle } = page;
    if (!bundle) return;
    if (size.value.width === 0) {
      awaited = () => focusSpan(cellIds, start, end, traces);
      return;
    }
    const boxes = cellIds.flatMap((id) => {
      const lines = traces.filter(({ cellId }) => cellId === id);
      const cell = bundle.detail.cells.find((candidate) => candidate.id === id);
      // A stretch is understood by the beats about it.
      const pad = start === null ? 0 : 0.8;
      if (lines.length > 0 && start !== null) {
        return lines.flatMap((line) => traceBounds(line, start - pad, (end ?? Infinity) + pad) ?? []);
      }
      return cell ? [polygonBounds(cell.outline)] : [];
    });
    if (boxes.length === 0) return;
    const around = polygonBounds(
      boxes.flatMap(({ x0, y0, x1, y1 }): [number, number][] => [
        [x0, y0],
        [x1, y1],
      ]),
    );
    free(focusViewport(size.value, around));
  }

  watch([() => page.id, () => image.value?.width, () => image.value?.height], ([id], [before]) => {
    if (id !== before) awaited = null;
    if (id !== before || fitted.value) fit();
  });
  watch(size, () => {
    if (fitted.value) fit();
    else set(viewport.value);
    if (size.value.width === 0) return;
    awaited?.();
    awaited = null;
  });

  return {
    viewport,
    image,
    pan: (dx, dy) => free(panBy(viewport.value, dx, dy)),
    zoom,
    actions: {
      fit,
      zoomBy: (factor) => zoom(size.value.width / 2, size.value.height / 2, factor),
      zoomTo: (scale) => zoom(size.value.width / 2, size.value.height / 2, scale / viewport.value.scale),
      focusCell: (cellId) => focusSpan([cellId], null, null),
      reveal: (box) => free(revealBox(viewport.value, size.value, box)),
      focusSpan,
    },
  };
}
