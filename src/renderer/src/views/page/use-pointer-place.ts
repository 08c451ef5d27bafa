import { onBeforeUnmount, onMounted, shallowRef, watch, type Ref, type ShallowRef } from 'vue';

type Place = readonly [x: number, y: number];

/**
 * Where the pointer stands on an element, CSS pixels from its corner; null while nobody watches, or it is elsewhere. The
 * last place is known at once when watching begins.
 */
export function usePointerPlace(
  element: Readonly<Ref<HTMLElement | null>>,
  watching: Readonly<Ref<boolean>>,
): ShallowRef<Place | null> {
  const shown = shallowRef<Place | null>(null);
  let last: Place | null = null;
  const move = (event: PointerEvent): void => {
    const box = element.value!.getBoundingClientRect();
    last = [event.clientX - box.left, event.clientY - box.top];
    if (watching.value) shown.value = last;
  };
  const leave = (): void => {
    last = null;
    shown.value = null;
  };
  onMounted(() => {
    element.value?.addEventListener('pointermove', move, { passive: true });
    element.value?.addEventListener('pointerleave', leave);
  });
  onBeforeUnmount(() => {
    element.value?.removeEventListener('pointermove', move);
    element.value?.removeEventListener('pointerleave', leave);
  });
  watch(watching, (on) => (shown.value = on ? last : null));
  return shown;
}
