/** Fingers on the view, by pointer: CSS pixels. */
export interface FingerState {
  readonly fingers: ReadonlyMap<number, readonly [x: number, y: number]>;
  /** Whether two of them move the page; so until all are lifted. */
  readonly moving: boolean;
}

export interface FingerEvent {
  readonly type: 'down' | 'move' | 'up' | 'cancel';
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

/** How the page follows: by so much, then larger by a factor about a point; CSS pixels. */
export interface FingerMove {
  readonly dx: number;
  readonly dy: number;
  readonly x: number;
  readonly y: number;
  readonly factor: number;
}

export type FingerVerdict =
  /** The tools have it. */
  | { readonly do: 'pass' }
  /** A second finger has come: what the first one began is broken off. */
  | { readonly do: 'begin' }
  | { readonly do: 'move'; readonly by: FingerMove }
  /** It belongs to the moving of the page, and changes nothing. */
  | { readonly do: 'keep' };

export const NO_FINGERS: FingerState = { fingers: new Map(), moving: false };

/** Fingers nearer to each other than this tell no zoom, CSS pixels. */
const NEAREST_PX = 12;

/**
 * Two fingers move and zoom the page, whatever the tool; a single one is left to the tool. What was begun by the first
 * finger ends unkept when the second comes, and the tool hears of no finger until all are lifted.
 */
export function twoFingers(
  { fingers, moving }: FingerState,
  { type, id, x, y }: FingerEvent,
): readonly [FingerState, FingerVerdict] {
  const next = new Map(fingers);
  if (type === 'down') {
    next.set(id, [x, y]);
    if (moving) return [{ fingers: next, moving }, { do: 'keep' }];
    return [{ fingers: next, moving: next.size > 1 }, { do: next.size > 1 ? 'begin' : 'pass' }];
  }
  if (type === 'move') {
    if (!fingers.has(id)) return [{ fingers, moving }, { do: moving ? 'keep' : 'pass' }];
    next.set(id, [x, y]);
    if (!moving) return [{ fingers: next, moving }, { do: 'pass' }];
    const state = { fingers: next, moving };
    return next.size === 2
      ? [state, { do: 'move', by: moveBetween(pairOf(fingers), pairOf(next)) }]
      : [state, { do: 'keep' }];
  }
  next.delete(id);
  return [{ fingers: next, moving: moving && next.size > 0 }, { do: moving ? 'keep' : 'pass' }];
}

interface Pair {
  readonly x: number;
  readonly y: number;
  readonly apart: number;
}

function pairOf(fingers: FingerState['fingers']): Pair {
  const [[x0, y0], [x1, y1]] = [...fingers.values()] as unknown as [[number, number], [number, number]];
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, apart: Math.hypot(x1 - x0, y1 - y0) };
}

function moveBetween(before: Pair, now: Pair): FingerMove {
  const factor = Math.min(before.apart, now.apart) < NEAREST_PX ? 1 : now.apart / before.apart;
  return { dx: now.x - before.x, dy: now.y - before.y, x: now.x, y: now.y, factor };
}
