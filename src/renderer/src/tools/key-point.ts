/** A point that keys move over the page view, and whether its button is held. */
export interface KeyPoint {
  /** CSS pixels from the view's top-left corner. */
  readonly x: number;
  readonly y: number;
  /** 0 left, 2 right; null while none is held. */
  readonly held: 0 | 2 | null;
}

/** A pressed key. */
export interface KeyPress {
  readonly key: string;
  readonly shift: boolean;
  readonly ctrl: boolean;
}

/** What the view is told: where the pointer is and what it does there, and by how much the page moves under it. */
export interface KeyPointStep {
  readonly point: KeyPoint;
  readonly type: 'down' | 'move' | 'up' | 'cancel';
  readonly button: 0 | 2;
  /** CSS pixels: a point at the rim moves the page instead. */
  readonly pan: readonly [dx: number, dy: number];
}

const STEP_PX = 10;
/** Steps are kept so far from the rim of the view, CSS pixels. */
const RIM_PX = 24;
const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Pointing by keys: the arrows move by ten CSS pixels, with Shift by one, with Ctrl by fifty; Space presses the button and
 * the next Space lets go of it, with Ctrl the right one; Esc breaks off what is held. Null for a key that is no business of
 * it.
 */
export function keyPoint(
  point: KeyPoint,
  { key, shift, ctrl }: KeyPress,
  view: { readonly width: number; readonly height: number },
): KeyPointStep | null {
  const still = [0, 0] as const;
  const way = WAYS[key];
  if (way) {
    const step = shift ? 1 : ctrl ? 5 * STEP_PX : STEP_PX;
    const wanted = [point.x + way[0] * step, point.y + way[1] * step] as const;
    const x = Math.max(RIM_PX, Math.min(view.width - RIM_PX, wanted[0]));
    const y = Math.max(RIM_PX, Math.min(view.height - RIM_PX, wanted[1]));
    const pan = [x - wanted[0], y - wanted[1]] as const;
    return { point: { ...point, x, y }, type: 'move', button: point.held ?? 0, pan };
  }
  if (key === ' ') {
    if (point.held !== null)
      return { point: { ...point, held: null }, type: 'up', button: point.held, pan: still };
    const button = ctrl ? 2 : 0;
    return { point: { ...point, held: button }, type: 'down', button, pan: still };
  }
  if (key === 'Escape' && point.held !== null)
    return { point: { ...point, held: null }, type: 'cancel', button: point.held, pan: still };
  return null;
}
