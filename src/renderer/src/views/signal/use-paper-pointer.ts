import { onMounted, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { PaperView } from '../../canvas/paint-paper.ts';
import type { PaperMeasure } from '../../canvas/paint-paper-cursor.ts';
import { stripAt, type StripLayout } from '../../canvas/strip-layout.ts';
import { usePage } from '../../stores/page-store.ts';
import { useView } from '../../stores/view-store.ts';

const CLICK_SLOP = 4;

/**
 * Pointer on the signal paper: moving leads the linked cursor, a click shows the lead on the page, a drag measures.
 */
export function usePaperPointer(
  scroller: Readonly<Ref<HTMLElement | null>>,
  view: ComputedRef<PaperView>,
  layout: ComputedRef<StripLayout>,
): { measure: ShallowRef<PaperMeasure | null> } {
  const shared = useView();
  const page = usePage();
  const measure = shallowRef<PaperMeasure | null>(null);
  let pressed: { x: number; y: number } | null = null;

  function place(event: PointerEvent): { x: number; y: number } {
    const box = scroller.value!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  function point({ x, y }: { x: number; y: number }): void {
    const { pxPerMm, scrollX, scrollY, speedMmPerSecond } = view.value;
    const xMm = (x + scrollX) / pxPerMm;
    const strip = stripAt(layout.value, xMm, (y + scrollY) / pxPerMm, speedMmPerSecond);
    shared.hoveredCell = strip?.cellId ?? null;
    shared.cursor = strip && {
      cellId: strip.cellId,
      seconds: strip.startSeconds + (xMm - strip.xMm) / speedMmPerSecond,
      source: 'signal',
    };
  }

  function onDown(event: PointerEvent): void {
    const at = place(event);
    const { clientWidth, clientHeight } = scroller.value!;
    // The scroll bars belong to the element too.
    if (event.button !== 0 || at.x > clientWidth || at.y > clientHeight) return;
    pressed = at;
    measure.value = null;
    scroller.value!.setPointerCapture(event.pointerId);
  }

  function onMove(event: PointerEvent): void {
    const at = place(event);
    if (pressed && Math.hypot(at.x - pressed.x, at.y - pressed.y) >= CLICK_SLOP) {
      measure.value = { x0: pressed.x, y0: pressed.y, x1: at.x, y1: at.y };
    }
    point(at);
  }

  function onUp(): void {
    if (pressed && !measure.value && shared.hoveredCell) shared.focusCell(shared.hoveredCell);
    pressed = null;
  }

  function onLeave(): void {
    if (pressed) return;
    shared.hoveredCell = null;
    shared.cursor = null;
  }

  onMounted(() => {
    const element = scroller.value!;
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', () => (pressed = null));
    element.addEventListener('pointerleave', onLeave);
  });
  watch([() => page.id, view], () => (measure.value = null));

  return { measure };
}
