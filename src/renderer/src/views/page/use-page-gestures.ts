import {
  computed,
  onBeforeUnmount,
  onMounted,
  ref,
  shallowRef,
  watch,
  type ComputedRef,
  type Ref,
} from 'vue';
import type { CellView } from '../../../../shared/api/page-record.ts';
import { insidePolygon } from '../../canvas/polygon.ts';
import { nearestTrace } from '../../canvas/trace-geometry.ts';
import { toImage, wheelFactor } from '../../canvas/viewport.ts';
import type { PageBundle } from '../../services/page-bundle.ts';
import { usePage } from '../../stores/page-store.ts';
import { useView } from '../../stores/view-store.ts';
import {
  IDLE,
  pageGesture,
  type GestureCommand,
  type GestureEvent,
  type GestureState,
} from '../../tools/page-gesture.ts';
import { NO_POINTER, penIsNear, pointerGate } from '../../tools/pointer-gate.ts';
import { NO_FINGERS, twoFingers } from '../../tools/two-fingers.ts';
import { useEditor } from '../../stores/editor-store.ts';
import { useLayerLocks } from '../../stores/layer-locks.ts';
import type { EditPointer } from './use-edit-pointer.ts';
import type { PageViewport } from './use-page-viewport.ts';

/** A measured box, image pixels. */
export interface PageMeasure {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/** How near to a trace the pointer counts as on it, CSS pixels. */
const REACH_PX = 28;
const KEY_PAN_PX = 60;

/** Binds wheel, pointer and keys of the page surface to the view and the linked cursor. */
export function usePageGestures(
  surface: Readonly<Ref<HTMLElement | null>>,
  pageViewport: PageViewport,
  editPointer: EditPointer,
): { measure: Readonly<Ref<PageMeasure | null>>; cursorClass: ComputedRef<string> } {
  const page = usePage();
  const view = useView();
  const editor = useEditor();
  const locks = useLayerLocks();
  const measure = shallowRef<PageMeasure | null>(null);
  const state = shallowRef<GestureState>(IDLE);
  const space = ref(false);
  let gate = NO_POINTER;
  let fingers = NO_FINGERS;
  const cursorClass = computed(() =>
    state.value.kind === 'panning'
      ? 'panning'
      : space.value
        ? 'can-pan'
        : editor.correcting && !view.measuring
          ? `with-${editor.tool}`
          : '',
  );

  function imagePoint(x: number, y: number): [number, number] {
    return toImage(pageViewport.viewport.value, x, y);
  }

  /** The lead under a point: the nearest trace in reach, else the box the point lies in. */
  function hover(x: number, y: number): void {
    const { bundle } = page;
    if (!bundle || bundle.detail.id !== page.id) return;
    const [u, v] = imagePoint(x, y);
    const scale = pageViewport.viewport.value.scale;
    const near = nearestTrace(bundle.traces, u, v, REACH_PX / scale);
    const box = near ? null : boxAt(bundle, u, v);
    const boxed = box && bundle.traces.find(({ cellId }) => cellId === box.id);
    const hit = near ?? (boxed ? nearestTrace([boxed], u, v, Infinity) : null);
    view.hoveredCell = hit?.cellId ?? box?.id ?? null;
    view.cursor = hit ? { cellId: hit.cellId, seconds: hit.seconds, source: 'page' } : null;
  }

  /** Chooses the lead under a point, through layers that are locked. */
  function pick(x: number, y: number): void {
    const { bundle } = page;
    const [u, v] = imagePoint(x, y);
    const near = bundle && nearestTrace(bundle.traces, u, v, REACH_PX / pageViewport.viewport.value.scale);
    const box = bundle && boxAt(bundle, u, v);
    const trace = locks.isLocked('traces') ? null : (near?.cellId ?? null);
    const hit = trace ?? (locks.isLocked('boxes') ? null : (box?.id ?? null));
    if (!hit && locks.refuse([...(near ? (['traces'] as const) : []), ...(box ? (['boxes'] as const) : [])]))
      return;
    editor.activeCell = hit === editor.activeCell ? null : hit;
    view.highlight = hit ? { cellIds: [hit], startSeconds: null, endSeconds: null } : null;
    measure.value = null;
  }

  function obey(command: GestureCommand): void {
    switch (command.do) {
      case 'pan':
        return pageViewport.pan(command.dx, command.dy);
      case 'hover':
        return hover(command.x, command.y);
      case 'click':
        hover(command.x, command.y);
        return pick(command.x, command.y);
      case 'measure':
        measure.value = {
          from: imagePoint(command.fromX, command.fromY),
          to: imagePoint(command.x, command.y),
        };
    }
  }

  function onPointer(type: GestureEvent['type'], event: PointerEvent): void {
    const element = surface.value;
    if (!element) return;
    const { pointerId: id, pointerType: kind, timeStamp: at } = event;
    if (kind === 'pen') editor.penSeen = true;
    if (kind === 'touch' && moveByFingers(type, event, element)) return;
    const [next, verdict] = pointerGate(gate, { type, id, kind, at });
    // Buttons and menus that lie over the page keep their own clicks.
    const isOurs = type !== 'down' || !(event.target as Element).closest('button, a, input');
    if (isOurs) gate = next;
    if (verdict === 'ignore' || !isOurs) return;
    if (verdict === 'restart') work('cancel', event, element);
    work(type, event, element);
  }

  /** Whether the fingers move the page, so that the tools hear nothing of them. */
  function moveByFingers(type: GestureEvent['type'], event: PointerEvent, element: HTMLElement): boolean {
    const isOurs =
      !penIsNear(gate, event.timeStamp) && !(event.target as Element).closest('button, a, input');
    if (type === 'down' && !isOurs) return false;
    const box = element.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const [next, verdict] = twoFingers(fingers, { type, id: event.pointerId, x, y });
    fingers = next;
    if (verdict.do === 'begin') {
      if (gate.held) work('cancel', event, element);
      gate = { ...gate, held: null };
    } else if (verdict.do === 'move') {
      const { dx, dy, factor } = verdict.by;
      pageViewport.pan(dx, dy);
      pageViewport.zoom(verdict.by.x, verdict.by.y, factor);
    }
    return verdict.do !== 'pass';
  }

  function work(type: GestureEvent['type'], event: PointerEvent, element: HTMLElement): void {
    if (type === 'down') {
      // What keys point with is no pointer of the system.
      if (event.isTrusted) element.setPointerCapture(event.pointerId);
      if (event.button === 1) event.preventDefault();
    }
    const box = element.getBoundingClientRect();
    if (editor.correcting && !view.measuring) {
      // A fast hand moves on several times between two frames.
      const steps = type === 'move' ? event.getCoalescedEvents() : [];
      for (const step of steps.length > 0 && editPointer.busy.value ? steps : [event]) {
        const x = step.clientX - box.left;
        const y = step.clientY - box.top;
        const held = {
          button: event.button,
          space: space.value,
          alt: event.altKey,
          shift: event.shiftKey,
          pressure: event.pointerType === 'pen' ? step.pressure : null,
        };
        for (const command of editPointer.handle({ type, x, y, ...held }, ...imagePoint(x, y))) {
          if (command.do === 'pan') obey(command);
          if (command.do === 'hover' && editor.tool !== 'text' && !editPointer.waiting.value) hover(x, y);
        }
      }
      return;
    }
    const [next, commands] = pageGesture(state.value, {
      type,
      x: event.clientX - box.left,
      y: event.clientY - box.top,
      button: event.button,
      space: space.value,
      measuring: view.measuring,
    });
    state.value = next;
    commands.forEach(obey);
  }

  function onWheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.shiftKey) return pageViewport.pan(-(event.deltaY || event.deltaX), 0);
    const box = surface.value!.getBoundingClientRect();
    pageViewport.zoom(
      event.clientX - box.left,
      event.clientY - box.top,
      wheelFactor(event.deltaY, event.deltaMode),
    );
  }

  function onKeyDown(event: KeyboardEvent): void {
    const arrows: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [KEY_PAN_PX, 0],
      ArrowRight: [-KEY_PAN_PX, 0],
      ArrowUp: [0, KEY_PAN_PX],
      ArrowDown: [0, -KEY_PAN_PX],
    };
    const arrow = arrows[event.key];
    if (!arrow || event.ctrlKey || event.altKey || event.target !== surface.value) return;
    event.preventDefault();
    pageViewport.pan(...arrow);
  }

  function onSpace(event: KeyboardEvent): void {
    if (event.key !== ' ') return;
    const target = event.target as HTMLElement;
    if (target.closest('button, input, select, textarea, dialog')) return;
    if (event.type === 'keydown') event.preventDefault();
    space.value = event.type === 'keydown';
  }

  const down = (event: PointerEvent): void => onPointer('down', event);
  const move = (event: PointerEvent): void => onPointer('move', event);
  const up = (event: PointerEvent): void => onPointer('up', event);
  const cancel = (event: PointerEvent): void => onPointer('cancel', event);
  const onMenu = (event: Event): void => {
    if (editor.correcting) event.preventDefault();
  };
  const leave = (): void => {
    editPointer.leave();
    if (state.value.kind !== 'idle') return;
    view.hoveredCell = null;
    view.cursor = null;
  };

  onMounted(() => {
    const element = surface.value!;
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', cancel);
    // A pointer that is taken away while it is held lets nothing wait for it.
    element.addEventListener('lostpointercapture', cancel);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('contextmenu', onMenu);
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('keydown', onKeyDown);
    window.addEventListener('keydown', onSpace);
    window.addEventListener('keyup', onSpace);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', onSpace);
    window.removeEventListener('keyup', onSpace);
  });
  watch([() => page.id, () => view.measuring], () => {
    measure.value = null;
  });

  return { measure, cursorClass };
}

/** The lead in whose box an image point lies. */
function boxAt({ detail, outlines }: PageBundle, u: number, v: number): CellView | null {
  return detail.cells.find(({ id, outline }) => insidePolygon(outlines.get(id) ?? outline, u, v)) ?? null;
}
