import type { EditTool } from './edit-tool.ts';

/** What the pointer is doing with a correcting tool. */
export type EditGestureState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'panning'; readonly x: number; readonly y: number }
  | { readonly kind: 'pinning' }
  | { readonly kind: 'painting' }
  | { readonly kind: 'spanning' }
  | { readonly kind: 'bending' }
  | { readonly kind: 'boxing' }
  | { readonly kind: 'using' };

/** A pointer event in CSS pixels of the view. */
export interface EditGestureEvent {
  readonly type: 'down' | 'move' | 'up' | 'cancel';
  readonly tool: Exclude<EditTool, 'select'>;
  readonly x: number;
  readonly y: number;
  /** 0 left, 1 middle, 2 right, 5 the eraser of a pen. */
  readonly button: number;
  readonly space: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  /** How hard a pen is pressed, 0..1; null for other pointers. */
  readonly pressure: number | null;
}

/** What the view is asked to do; points in CSS pixels of the view. */
export type EditGestureCommand =
  | { readonly do: 'pan'; readonly dx: number; readonly dy: number }
  | { readonly do: 'hover'; readonly x: number; readonly y: number }
  | { readonly do: 'pin-down' | 'pin-move' | 'pin-up' | 'pin-remove'; readonly x: number; readonly y: number }
  | {
      readonly do: 'stroke-down';
      readonly x: number;
      readonly y: number;
      readonly erase: boolean;
      readonly line: boolean;
      readonly pressure: number | null;
    }
  | {
      readonly do: 'stroke-move';
      readonly x: number;
      readonly y: number;
      readonly pressure: number | null;
    }
  | { readonly do: 'stroke-up'; readonly x: number; readonly y: number }
  | { readonly do: 'span-down' | 'span-move' | 'span-up'; readonly x: number; readonly y: number }
  | { readonly do: 'grid-down' | 'grid-move' | 'grid-up'; readonly x: number; readonly y: number }
  | { readonly do: 'lead-down' | 'lead-move' | 'lead-up'; readonly x: number; readonly y: number }
  | {
      readonly do: 'use-down';
      readonly x: number;
      readonly y: number;
      /** The right button or Alt: the tool does the opposite. */
      readonly opposite: boolean;
      /** The eraser of a pen: the tool takes off, whatever it is set to. */
      readonly eraser: boolean;
      readonly shift: boolean;
    }
  | { readonly do: 'use-move' | 'use-up'; readonly x: number; readonly y: number }
  | { readonly do: 'abort' };

export const EDIT_IDLE: EditGestureState = { kind: 'idle' };

type Step = readonly [EditGestureState, readonly EditGestureCommand[]];

/**
 * The pointer with a correcting tool: the left button works, the right one does the opposite while painting, a pen's eraser erases,
 * the middle one and Space pan, Alt removes a pin, Shift joins a stroke to the one before with a straight line.
 */
export function editGesture(state: EditGestureState, event: EditGestureEvent): Step {
  const { type, x, y, pressure } = event;
  if (type === 'cancel')
    return [EDIT_IDLE, state.kind === 'idle' || state.kind === 'panning' ? [] : [{ do: 'abort' }]];
  if (type === 'down') return state.kind === 'idle' ? press(event) : [state, []];
  const up = type === 'up';
  switch (state.kind) {
    case 'idle':
      return [state, up ? [] : [{ do: 'hover', x, y }]];
    case 'panning':
      return up
        ? [EDIT_IDLE, []]
        : [{ kind: 'panning', x, y }, [{ do: 'pan', dx: x - state.x, dy: y - state.y }]];
    case 'pinning':
      return up ? [EDIT_IDLE, [{ do: 'pin-up', x, y }]] : [state, [{ do: 'pin-move', x, y }]];
    case 'painting':
      return up ? [EDIT_IDLE, [{ do: 'stroke-up', x, y }]] : [state, [{ do: 'stroke-move', x, y, pressure }]];
    case 'spanning':
      return up ? [EDIT_IDLE, [{ do: 'span-up', x, y }]] : [state, [{ do: 'span-move', x, y }]];
    case 'bending':
      return up ? [EDIT_IDLE, [{ do: 'grid-up', x, y }]] : [state, [{ do: 'grid-move', x, y }]];
    case 'boxing':
      return up ? [EDIT_IDLE, [{ do: 'lead-up', x, y }]] : [state, [{ do: 'lead-move', x, y }]];
    case 'using':
      return up ? [EDIT_IDLE, [{ do: 'use-up', x, y }]] : [state, [{ do: 'use-move', x, y }]];
  }
}

function press({ tool, x, y, button, space, alt, shift, pressure }: EditGestureEvent): Step {
  if (button === 1 || (button === 0 && space)) return [{ kind: 'panning', x, y }, []];
  const erases = button === 2 || button === 5;
  if (tool === 'brush' || tool === 'erase') {
    if (button !== 0 && !erases) return [EDIT_IDLE, []];
    const erase = button === 5 || (button === 2 ? tool === 'brush' : tool === 'erase');
    return [{ kind: 'painting' }, [{ do: 'stroke-down', x, y, erase, line: shift, pressure }]];
  }
  const outlines = tool === 'region' || tool === 'model';
  if (tool === 'wand' || tool === 'line' || outlines) {
    if (button !== 0 && (!erases || outlines)) return [EDIT_IDLE, []];
    return [
      { kind: 'using' },
      [{ do: 'use-down', x, y, opposite: button === 2 || alt, eraser: button === 5, shift }],
    ];
  }
  if (tool === 'pin' && (erases || (button === 0 && alt))) return [EDIT_IDLE, [{ do: 'pin-remove', x, y }]];
  if (button !== 0) return [EDIT_IDLE, []];
  if (tool === 'lead') return [{ kind: 'boxing' }, [{ do: 'lead-down', x, y }]];
  if (tool === 'grid') return [{ kind: 'bending' }, [{ do: 'grid-down', x, y }]];
  return tool === 'pin'
    ? [{ kind: 'pinning' }, [{ do: 'pin-down', x, y }]]
    : [{ kind: 'spanning' }, [{ do: 'span-down', x, y }]];
}
