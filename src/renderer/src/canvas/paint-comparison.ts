import type { DifferenceStretch } from '../../../core/agreement/difference-stretches.ts';
import type { TraceView } from '../../../shared/api/trace-bytes.ts';
import { tracePath } from './build-paths.ts';
import { COMPARISON_COLOURS } from './comparison-colours.ts';

/** One lead of two readings; image pixels. */
export interface ComparedLead {
  readonly first: TraceView | null;
  readonly second: TraceView | null;
  readonly stretches: readonly DifferenceStretch[];
}

/** Two readings ready to be painted. */
export interface ComparisonModel {
  readonly shared: Path2D;
  readonly first: Path2D;
  readonly second: Path2D;
  /** The stretch that is decided on; null for none. */
  readonly current: Path2D | null;
}

/** Both lines are drawn so far beyond the stretch in which they differ, seconds. */
const BESIDE_SECONDS = 0.06;

/**
 * Builds the paths: in one line what both readings share, in two where they differ.
 *
 * @param current which stretch of which lead is decided on
 */
export function buildComparison(
  leads: readonly ComparedLead[],
  current: { readonly cellId: string; readonly startSeconds: number; readonly endSeconds: number } | null,
): ComparisonModel {
  const shared = new Path2D();
  const first = new Path2D();
  const second = new Path2D();
  let band: Path2D | null = null;
  for (const { first: a, second: b, stretches } of leads) {
    if (a && b) shared.addPath(tracePath(a));
    else if (a) first.addPath(tracePath(a));
    else if (b) second.addPath(tracePath(b));
    if (a && b) {
      for (const { startSeconds, endSeconds } of stretches) {
        const [from, to] = [startSeconds - BESIDE_SECONDS, endSeconds + BESIDE_SECONDS];
        first.addPath(tracePath(a, from, to));
        second.addPath(tracePath(b, from, to));
      }
    }
    const trace = a ?? b;
    if (!current || trace?.cellId !== current.cellId) continue;
    band = tracePath(trace, current.startSeconds - BESIDE_SECONDS, current.endSeconds + BESIDE_SECONDS);
    if (a && b) {
      band.addPath(tracePath(b, current.startSeconds - BESIDE_SECONDS, current.endSeconds + BESIDE_SECONDS));
    }
  }
  return { shared, first, second, current: band };
}

/** Paints two readings over the scan; the context is in image pixels, `scale` CSS pixels each. */
export function paintComparison(
  context: CanvasRenderingContext2D,
  { shared, first, second, current }: ComparisonModel,
  scale: number,
): void {
  const width = Math.min(3, 1.5 + 0.6 * Math.sqrt(scale)) / scale;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  if (current) {
    context.strokeStyle = 'rgb(255 196 0 / 45%)';
    context.lineWidth = 18 / scale;
    context.stroke(current);
  }
  context.strokeStyle = COMPARISON_COLOURS.shared;
  context.lineWidth = 0.7 * width;
  context.stroke(shared);
  // A light edge parts the lines from ink and grid; no line lies under the other's.
  context.strokeStyle = 'rgb(255 255 255 / 85%)';
  context.lineWidth = 2.2 * width;
  context.stroke(first);
  context.stroke(second);
  context.lineWidth = 1.3 * width;
  for (const [path, colour, dash] of [
    [first, COMPARISON_COLOURS.first, []],
    [second, COMPARISON_COLOURS.second, [6 / scale, 4 / scale]],
  ] as const) {
    context.setLineDash([...dash]);
    context.strokeStyle = colour;
    context.stroke(path);
  }
  context.setLineDash([]);
}
