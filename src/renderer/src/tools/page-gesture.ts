/** What the pointer is doing on the page view. */
export type GestureState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'pressed'; readonly x: number; readonly y: number }
  | { readonly kind: 'panning'; readonly x: number; readonly y: number }
  | { readonly kind: 'measuring'; readonly fromX: number; readonly fromY: number };

/** A pointer event in CSS pixels of the view. */
export interface GestureEvent {
  readonly type: 'down' | 'move' | 'up' | 'cancel';
  readonly x: number;
  readonly y: number;
  /** 0 left, 1 middle, 2 right. */
  readonly button: number;
  readonly space: boolean;
  readonly measuring: boolean;
}

/** What the view is asked to do. */
export type GestureCommand =
  | { readonly do: 'pan'; readonly dx: number; readonly dy: number }
  | { readonly do: 'hover'; readonly x: number; readonly y: number }
  | { readonly do: 'click'; readonly x: number; readonly y: number }
  | {
      readonly do: 'measure';
      readonly fromX: number;
      readonly fromY: number;
      readonly x: number;
      readonly y: number;
    };

export const IDLE: GestureState = { kind: 'idle' };

/** A left press becomes a pan once it moved this far, CSS pixels; less is a click. */
const CLICK_SLOP = 4;

/**
 * The pointer tool of the page view: middle drag, Space-drag and plain left drag pan, a click picks, and with the
 * measuring tool a left drag spans a box.
 */
export function pageGesture(
  state: GestureState,
  event: GestureEvent,
): readonly [GestureState, readonly GestureCommand[]] {
  const { x, y } = event;
  if (event.type === 'cancel') return [IDLE, []];
  if (event.type === 'down') {
    if (event.button === 1 || (event.button === 0 && event.space)) return [{ kind: 'panning', x, y }, []];
    if (event.button !== 0) return [state, []];
    return event.measuring
      ? [{ kind: 'measuring', fromX: x, fromY: y }, []]
      : [{ kind: 'pressed', x, y }, []];
  }
  if (event.type === 'up') return [IDLE, state.kind === 'pressed' ? [{ do: 'click', x, y }] : []];
  switch (state.kind) {
    case 'idle':
      return [state, [{ do: 'hover', x, y }]];
    case 'pressed':
      if (Math.hypot(x - state.x, y - state.y) < CLICK_SLOP) return [state, []];
      return [{ kind: 'panning', x, y }, [{ do: 'pan', dx: x - state.x, dy: y - state.y }]];
    case 'panning':
      return [{ kind: 'panning', x, y }, [{ do: 'pan', dx: x - state.x, dy: y - state.y }]];
    case 'measuring':
      return [state, [{ do: 'measure', fromX: state.fromX, fromY: state.fromY, x, y }]];
  }
}
