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
  /** 1 where a person drew the line; empty where nobody did. */
  readonly human: Uint8Array;
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
    traces.flatMap(({ xs, ys, confidence, human }) => [xs, ys, confidence, human]),
  );
}

export function decodeTraces(bytes: Uint8Array): TraceView[] {
  const { meta, arrays } = decodeChunks(bytes);
  return (meta as Omit<TraceView, 'xs' | 'ys' | 'confidence' | 'human'>[]).map((head, i) => ({
    ...head,
    xs: arrays[4 * i] as Float32Array,
    ys: arrays[4 * i + 1] as Float32Array,
    confidence: arrays[4 * i + 2] as Float32Array,
    human: arrays[4 * i + 3] as Uint8Array,
  }));
}
