import { onMounted, ref, shallowRef, type Ref } from 'vue';
import { wheelFactor } from '../../canvas/viewport.ts';
import { IDLE, pageGesture, type GestureEvent, type GestureState } from '../../tools/page-gesture.ts';
import { NO_FINGERS, twoFingers } from '../../tools/two-fingers.ts';
import type { PageViewport } from './use-page-viewport.ts';

const KEY_PAN_PX = 60;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [KEY_PAN_PX, 0],
  ArrowRight: [-KEY_PAN_PX, 0],
  ArrowUp: [0, KEY_PAN_PX],
  ArrowDown: [0, -KEY_PAN_PX],
};

/** What a pane makes known; CSS pixels of the pane. */
export interface PaneEvents {
  readonly onHover: (x: number, y: number) => void;
  readonly onLeave: () => void;
}

/** Binds wheel, pointer, two fingers and arrow keys of a pane, which only shows, to a view that it may share with another. */
export function usePaneGestures(
  surface: Readonly<Ref<HTMLElement | null>>,
  pageViewport: Pick<PageViewport, 'pan' | 'zoom'>,
  { onHover, onLeave }: PaneEvents,
): { panning: Readonly<Ref<boolean>> } {
  const state = shallowRef<GestureState>(IDLE);
  const panning = ref(false);
  let fingers = NO_FINGERS;

  function placeOf(event: MouseEvent): [number, number] {
    const box = surface.value!.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  function onPointer(type: GestureEvent['type'], event: PointerEvent): void {
    const [x, y] = placeOf(event);
    if (event.pointerType === 'touch') {
      const [next, verdict] = twoFingers(fingers, { type, id: event.pointerId, x, y });
      fingers = next;
      if (verdict.do === 'move') {
        pageViewport.pan(verdict.by.dx, verdict.by.dy);
        pageViewport.zoom(verdict.by.x, verdict.by.y, verdict.by.factor);
      }
      if (verdict.do !== 'pass') return;
    }
    if (type === 'down') {
      if (event.isTrusted) surface.value!.setPointerCapture(event.pointerId);
      if (event.button === 1) event.preventDefault();
    }
    const { button } = event;
    const [next, commands] = pageGesture(state.value, { type, x, y, button, space: false, measuring: false });
    state.value = next;
    panning.value = next.kind === 'panning';
    for (const command of commands) {
      if (command.do === 'pan') pageViewport.pan(command.dx, command.dy);
      else if (command.do !== 'measure') onHover(command.x, command.y);
    }
  }

  function onWheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.shiftKey) return pageViewport.pan(-(event.deltaY || event.deltaX), 0);
    pageViewport.zoom(...placeOf(event), wheelFactor(event.deltaY, event.deltaMode));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.altKey || event.target !== surface.value) return;
    event.preventDefault();
    pageViewport.pan(...arrow);
  }

  onMounted(() => {
    const element = surface.value!;
    element.addEventListener('pointerdown', (event) => onPointer('down', event));
    element.addEventListener('pointermove', (event) => onPointer('move', event));
    element.addEventListener('pointerup', (event) => onPointer('up', event));
    for (const lost of ['pointercancel', 'lostpointercapture'] as const) {
      element.addEventListener(lost, (event) => onPointer('cancel', event));
    }
    element.addEventListener('pointerleave', onLeave);
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('keydown', onKeyDown);
  });
  return { panning };
}
