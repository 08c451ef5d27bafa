import type { LeadName } from '../lead-name.ts';
import { decodeChunks, encodeChunks } from './chunk-bytes.ts';

/** A traced lead for the page view: polyline in image pixels, one point per canonical column; NaN breaks the line. */
export interface TraceView {
  readonly cellId: string;
  readonly lead: LeadName;
  readonly role: 'lead' | 'rhythm';
  /** Page time of the first point and time between points, seconds. */
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly confidence: Float32Array;
}

export function encodeTraces(traces: readonly TraceView[]): Uint8Array<ArrayBuffer> {
  return encodeChunks(
    traces.map(({ cellId, lead, role, startSeconds, stepSeconds }) => ({
      cellId,
      lead,
      role,
      startSeconds,
      stepSeconds,
    })),
    traces.flatMap(({ xs, ys, confidence }) => [xs, ys, confidence]),
  );
}

export function decodeTraces(bytes: Uint8Array): TraceView[] {
  const { meta, arrays } = decodeChunks(bytes);
  return (meta as Omit<TraceView, 'xs' | 'ys' | 'confidence'>[]).map((head, i) => ({
    ...head,
    xs: arrays[3 * i] as Float32Array,
    ys: arrays[3 * i + 1] as Float32Array,
    confidence: arrays[3 * i + 2] as Float32Array,
  }));
}
