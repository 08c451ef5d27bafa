import type { LeadName } from '../lead-name.ts';
import { decodeChunks, encodeChunks } from './chunk-bytes.ts';

/** A calibrated stretch of a lead for the signal panel; millivolts, NaN where nothing is printed. */
export interface SignalView {
  readonly cellId: string;
  readonly lead: LeadName;
  readonly role: 'lead' | 'rhythm';
  readonly startSeconds: number;
  readonly fs: number;
  readonly millivolts: Float32Array;
  readonly confidence: Float32Array;
}

export function encodeSignals(signals: readonly SignalView[]): Uint8Array<ArrayBuffer> {
  return encodeChunks(
    signals.map(({ cellId, lead, role, startSeconds, fs }) => ({ cellId, lead, role, startSeconds, fs })),
    signals.flatMap(({ millivolts, confidence }) => [millivolts, confidence]),
  );
}

export function decodeSignals(bytes: Uint8Array): SignalView[] {
  const { meta, arrays } = decodeChunks(bytes);
  return (meta as Omit<SignalView, 'millivolts' | 'confidence'>[]).map((head, i) => ({
    ...head,
    millivolts: arrays[2 * i] as Float32Array,
    confidence: arrays[2 * i + 1] as Float32Array,
  }));
}
