/** Which pointer works on the page, and when a pen was last near it. */
export interface PointerGateState {
  readonly held: { readonly id: number; readonly kind: string } | null;
  /** Milliseconds on the clock of the events; -Infinity while no pen was seen. */
  readonly penAt: number;
}

export interface GatedPointer {
  readonly type: 'down' | 'move' | 'up' | 'cancel';
  readonly id: number;
  /** `mouse`, `pen` or `touch`. */
  readonly kind: string;
  /** Milliseconds. */
  readonly at: number;
}

/** `restart`: what another pointer has begun is broken off, then the event counts. */
export type PointerVerdict = 'pass' | 'ignore' | 'restart';

export const NO_POINTER: PointerGateState = { held: null, penAt: -Infinity };

/** A pen tells of itself many times a second while it hovers: after so long without a word it is gone, milliseconds. */
const PEN_NEAR_MS = 1000;

/** Whether a pen was near lately: then fingers are the ball of the hand. */
export function penIsNear({ penAt }: Pick<PointerGateState, 'penAt'>, at: number): boolean {
  return at - penAt < PEN_NEAR_MS;
}

/**
 * Lets one pointer at a time work: the ball of the hand is ignored while a pen is near, a second finger while the first is
 * down, and a pen takes over from a hand that was there before it.
 */
export function pointerGate(
  state: PointerGateState,
  { type, id, kind, at }: GatedPointer,
): readonly [PointerGateState, PointerVerdict] {
  const { held } = state;
  const penAt = kind === 'pen' ? at : state.penAt;
  const isPalm = kind === 'touch' && penIsNear({ penAt }, at);
  const next = { held, penAt };
  if (held && held.id !== id) {
    const takesOver = type === 'down' && kind === 'pen' && held.kind === 'touch';
    return takesOver ? [{ held: { id, kind }, penAt }, 'restart'] : [next, 'ignore'];
  }
  if (type === 'down') return isPalm ? [next, 'ignore'] : [{ held: { id, kind }, penAt }, 'pass'];
  if (type === 'move') return [next, isPalm && !held ? 'ignore' : 'pass'];
  return held ? [{ held: null, penAt }, 'pass'] : [next, isPalm ? 'ignore' : 'pass'];
}
