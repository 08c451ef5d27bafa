import type { Digitization } from '../digitization.ts';
import type { LeadCell } from '../lead/layout.ts';
import type { WarpMap } from '../page/rectification.ts';
import { canonicalToImage } from '../page/warp-map.ts';
import type { TracePath } from '../trace/trace-path.ts';
import type { TraceView } from '../../shared/api/trace-bytes.ts';

/** Traced leads of a page as polylines in image pixels, one point per canonical column; 10 ms for twelve leads. */
export function traceViews({ layout, rectification, paths }: Digitization): TraceView[] {
  if (!layout || !rectification) return [];
  return layout.cells.flatMap((cell) => {
    const path = paths.find(({ cellId }) => cellId === cell.id);
    return path ? [traceView(cell, path, rectification.warp)] : [];
  });
}

/** One traced lead as a polyline in image pixels. */
export function traceView(cell: LeadCell, path: TracePath, warp: WarpMap): TraceView {
  const xs = new Float32Array(path.y.length).fill(NaN);
  const ys = new Float32Array(path.y.length).fill(NaN);
  for (let i = 0; i < path.y.length; i++) {
    if (Number.isNaN(path.y[i]!)) continue;
    const [x, y] = canonicalToImage(warp, path.x0 + i, path.y[i]!);
    xs[i] = x;
    ys[i] = y;
  }
  const stepSeconds = (cell.endSeconds - cell.startSeconds) / (cell.x1 - cell.x0);
  return {
    cellId: cell.id,
    lead: cell.lead,
    role: cell.role,
    startSeconds: cell.startSeconds + (path.x0 - cell.x0) * stepSeconds,
    stepSeconds,
    xs,
    ys,
    confidence: path.confidence,
    human: path.human ?? new Uint8Array(0),
  };
}
