import type { TraceView } from '../../../shared/api/trace-bytes.ts';
import type { Points } from './polygon.ts';

/** Below this confidence a stretch of signal is tinted as doubtful. */
export const DOUBTFUL_BELOW = 0.5;

/** Path along a trace between two page times, image pixels; NaN lifts the pen. */
export function tracePath(trace: TraceView, startSeconds = -Infinity, endSeconds = Infinity): Path2D {
  const path = new Path2D();
  let pen = false;
  for (let i = 0; i < trace.xs.length; i++) {
    const seconds = trace.startSeconds + i * trace.stepSeconds;
    const x = trace.xs[i]!;
    const y = trace.ys[i]!;
    if (Number.isNaN(x) || Number.isNaN(y) || seconds < startSeconds || seconds > endSeconds) {
      pen = false;
      continue;
    }
    if (pen) path.lineTo(x, y);
    else path.moveTo(x, y);
    pen = true;
  }
  return path;
}

/** Path along the stretches that a person drew; null when there are none. */
export function humanPath(trace: TraceView): Path2D | null {
  const path = new Path2D();
  let any = false;
  let pen = false;
  for (let i = 0; i < trace.xs.length; i++) {
    const x = trace.xs[i]!;
    const y = trace.ys[i]!;
    if (trace.human[i] !== 1 || Number.isNaN(x) || Number.isNaN(y)) {
      pen = false;
      continue;
    }
    if (pen) path.lineTo(x, y);
    else path.moveTo(x, y);
    pen = any = true;
  }
  return any ? path : null;
}

/** One path of many polylines or, with `closed`, polygons. */
export function polylinesPath(lines: readonly Points[], closed = false): Path2D {
  const path = new Path2D();
  for (const line of lines) {
    line.forEach(([x, y], i) => (i === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));
    if (closed && line.length > 0) path.closePath();
  }
  return path;
}
