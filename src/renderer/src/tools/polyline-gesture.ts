/** Image pixels. */
export type LinePoint = readonly [x: number, y: number];

/** A line being drawn point after point. */
export interface PolylineState {
  readonly points: readonly LinePoint[];
  /** Where the pointer is: the line would go on to there. Null while nothing is drawn. */
  readonly head: LinePoint | null;
}

export type PolylineEvent =
  /** A click; `reachPx` tells how near to the last point it ends the line (a double click does). */
  | { readonly type: 'click'; readonly at: LinePoint; readonly reachPx: number }
  | { readonly type: 'hover'; readonly at: LinePoint }
  | { readonly type: 'end' | 'back' | 'drop' };

export const NO_LINE: PolylineState = { points: [], head: null };

/**
 * One step of drawing a line; the second value is the line that is finished by it, if any. A click on the last point or
 * `end` finishes it, `back` takes the last point back, `drop` all of them.
 */
export function polylineGesture(
  state: PolylineState,
  event: PolylineEvent,
): readonly [PolylineState, readonly LinePoint[] | null] {
  const { points } = state;
  const last = points.at(-1);
  switch (event.type) {
    case 'click': {
      const { at, reachPx } = event;
      if (last && Math.hypot(at[0] - last[0], at[1] - last[1]) <= reachPx) return [NO_LINE, points];
      return [{ points: [...points, at], head: at }, null];
    }
    case 'hover':
      return last ? [{ points, head: event.at }, null] : [state, null];
    case 'end':
      return last ? [NO_LINE, points] : [state, null];
    case 'back':
      return points.length > 1 ? [{ ...state, points: points.slice(0, -1) }, null] : [NO_LINE, null];
    case 'drop':
      return [NO_LINE, null];
  }
}
