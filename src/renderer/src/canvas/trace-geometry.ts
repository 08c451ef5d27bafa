import type { TraceView } from '../../../shared/api/trace-bytes.ts';

/** A sample of a trace found under the cursor. */
export interface TraceHit {
  readonly cellId: string;
  readonly index: number;
  /** Page time of the sample, seconds. */
  readonly seconds: number;
  /** Distance to the asked point, image pixels. */
  readonly distance: number;
}

/** Nearest traced sample to the image point (u, v) within `reach` image pixels; O(points), about 0.1 ms a page. */
export function nearestTrace(
  traces: readonly TraceView[],
  u: number,
  v: number,
  reach: number,
): TraceHit | null {
  let best: TraceHit | null = null;
  let bestSquare = reach * reach;
  for (const trace of traces) {
    const { xs, ys } = trace;
    for (let i = 0; i < xs.length; i++) {
      const dx = xs[i]! - u;
      const dy = ys[i]! - v;
      const square = dx * dx + dy * dy;
      if (square < bestSquare) {
        bestSquare = square;
        best = {
          cellId: trace.cellId,
          index: i,
          seconds: trace.startSeconds + i * trace.stepSeconds,
          distance: Math.sqrt(square),
        };
      }
    }
  }
  return best;
}

/** Image point of a trace at a page time; null outside it or in a gap. */
export function tracePointAt(trace: TraceView, seconds: number): [number, number] | null {
  const position = (seconds - trace.startSeconds) / trace.stepSeconds;
  const i = Math.floor(position);
  if (i < 0 || i >= trace.xs.length) return null;
  const j = Math.min(i + 1, trace.xs.length - 1);
  const t = position - i;
  const x = trace.xs[i]! * (1 - t) + trace.xs[j]! * t;
  const y = trace.ys[i]! * (1 - t) + trace.ys[j]! * t;
  return Number.isNaN(x) || Number.isNaN(y) ? null : [x, y];
}

/** Bounding box of a trace between two page times, image pixels; null when nothing is traced there. */
export function traceBounds(
  trace: TraceView,
  startSeconds = -Infinity,
  endSeconds = Infinity,
): { x0: number; y0: number; x1: number; y1: number } | null {
  let x0 = Infinity;
  let y0 = Infinity;
  let x1 = -Infinity;
  let y1 = -Infinity;
  for (let i = 0; i < trace.xs.length; i++) {
    const seconds = trace.startSeconds + i * trace.stepSeconds;
    const x = trace.xs[i]!;
    const y = trace.ys[i]!;
    if (seconds < startSeconds || seconds > endSeconds || Number.isNaN(x) || Number.isNaN(y)) continue;
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y);
  }
  return x0 <= x1 ? { x0, y0, x1, y1 } : null;
}
