import type { TraceView } from '../../../shared/api/trace-bytes.ts';
import type { PageBundle } from '../services/page-bundle.ts';
import { millivoltsAt } from './strip-layout.ts';
import { nearestTrace, tracePointAt } from './trace-geometry.ts';

/** What lies under a point of the page. */
export interface MagnifiedValues {
  readonly lead: string;
  /** Moment of the nearest traced column, milliseconds of the page's clock. */
  readonly milliseconds: number;
  /** Voltage of the trace at that moment; null in a gap. */
  readonly millivolts: number | null;
  /** Voltage that the point itself would have as part of that trace; null without a grid or in a gap. */
  readonly pointMillivolts: number | null;
}

/**
 * Values at an image point, by the nearest trace within `reach` image pixels; null where none is near.
 *
 * @param down from the upper to the lower edge of a lead's box, image pixels
 */
export function magnifiedValues(
  { detail, traces, signals }: PageBundle,
  down: (cellId: string) => readonly [number, number] | null,
  u: number,
  v: number,
  reach: number,
): MagnifiedValues | null {
  const hit = nearestTrace(traces, u, v, reach);
  const cell = hit && detail.cells.find(({ id }) => id === hit.cellId);
  if (!hit || !cell) return null;
  const trace = traces.find(({ cellId }) => cellId === hit.cellId)!;
  const signal = signals.find(({ cellId }) => cellId === hit.cellId);
  const seconds = secondsAcross(trace, hit.index, u, v);
  const millivolts = signal ? millivoltsAt(signal, seconds) : null;
  const point = tracePointAt(trace, seconds);
  const way = down(hit.cellId);
  const { facts } = detail;
  let pointMillivolts: number | null = null;
  if (millivolts !== null && point && way && facts) {
    const length = Math.hypot(...way) || 1;
    const below = ((u - point[0]) * way[0] + (v - point[1]) * way[1]) / length;
    const sign = cell.inverted ? -1 : 1;
    pointMillivolts = millivolts - (sign * below) / facts.pxPerMmY / facts.gainMmPerMillivolt;
  }
  return { lead: cell.lead, milliseconds: 1000 * seconds, millivolts, pointMillivolts };
}

/** The moment of the trace's column that a point lies in, by the trace's own direction about the nearest sample. */
function secondsAcross(trace: TraceView, index: number, u: number, v: number): number {
  const { xs, ys, startSeconds, stepSeconds } = trace;
  const seconds = startSeconds + index * stepSeconds;
  const last = xs.length - 1;
  const [fromX, fromY, toX, toY] = [xs[0]!, ys[0]!, xs[last]!, ys[last]!];
  const length = Math.hypot(toX - fromX, toY - fromY);
  if (!(length > 0) || last === 0) return seconds;
  const along = ((u - xs[index]!) * (toX - fromX) + (v - ys[index]!) * (toY - fromY)) / length;
  const perSample = length / last;
  const at = seconds + (along / perSample) * stepSeconds;
  return Math.max(startSeconds, Math.min(startSeconds + last * stepSeconds, at));
}
