import type { WireChange } from '../api/edit-record.ts';
import { fromBase64, toBase64 } from './base64.ts';
import type { ByteChange } from './byte-change.ts';

/** A change as it crosses between window and project. */
export function toWire({ key, at, before, after }: ByteChange): WireChange {
  return { key, at, before: before && toBase64(before), after: after && toBase64(after) };
}

export function fromWire({ key, at, before, after }: WireChange): ByteChange {
  const bytes = (text: string | null) => (text === null ? null : fromBase64(text));
  return { key, at, before: bytes(before), after: bytes(after) };
}
