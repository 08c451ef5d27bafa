/** Image pixels. */
export type LassoPoint = readonly [x: number, y: number];

/** An outline being drawn: free-hand, or a rectangle by two of its corners. */
export interface Lasso {
  readonly shape: 'lasso' | 'box';
  readonly points: readonly LassoPoint[];
}

export function startLasso(shape: Lasso['shape'], at: LassoPoint): Lasso {
  return { shape, points: [at] };
}

/** The outline drawn on to a point; points nearer than `leastPx` to the last one say nothing new. */
export function extendLasso(lasso: Lasso, at: LassoPoint, leastPx: number): Lasso {
  const { shape, points } = lasso;
  if (shape === 'box') return { shape, points: [points[0]!, at] };
  const [x, y] = points.at(-1)!;
  return Math.hypot(at[0] - x, at[1] - y) < leastPx ? lasso : { shape, points: [...points, at] };
}

/** The corners of what was drawn. */
export function lassoOutline({ shape, points }: Lasso): readonly LassoPoint[] {
  if (shape === 'lasso' || points.length < 2) return points;
  const [[ax, ay], [bx, by]] = points as readonly [LassoPoint, LassoPoint];
  return [
    [ax, ay],
    [bx, ay],
    [bx, by],
    [ax, by],
  ];
}

/** Whether it encloses anything: both sides at least `leastPx`. Otherwise it was a click. */
export function enclosesArea(lasso: Lasso, leastPx: number): boolean {
  const outline = lassoOutline(lasso);
  if (outline.length < 3) return false;
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  return Math.max(...xs) - Math.min(...xs) >= leastPx && Math.max(...ys) - Math.min(...ys) >= leastPx;
}
