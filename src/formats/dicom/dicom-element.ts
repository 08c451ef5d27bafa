import { joinBytes } from '../signal/join-bytes.ts';

/** Value representations whose length takes four bytes. */
const LONG = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);

/** One element of a data set, explicit little endian: group and element number, representation, value. */
export function dicomElement(tag: number, vr: string, value: string | Uint8Array): Uint8Array {
  let body = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  if (body.length % 2 === 1) body = joinBytes([body, Uint8Array.of(vr === 'UI' || vr === 'OB' ? 0 : 0x20)]);
  const head = new Uint8Array(LONG.has(vr) ? 12 : 8);
  const view = new DataView(head.buffer);
  view.setUint16(0, tag >>> 16, true);
  view.setUint16(2, tag & 0xffff, true);
  head.set([vr.charCodeAt(0), vr.charCodeAt(1)], 4);
  if (LONG.has(vr)) view.setUint32(8, body.length, true);
  else view.setUint16(6, body.length, true);
  return joinBytes([head, body]);
}

/** A sequence of items, each a list of elements, with lengths stated. */
export function dicomSequence(tag: number, items: readonly (readonly Uint8Array[])[]): Uint8Array {
  const parts = items.map((elements) => {
    const body = joinBytes(elements);
    const head = new Uint8Array(8);
    const view = new DataView(head.buffer);
    view.setUint16(0, 0xfffe, true);
    view.setUint16(2, 0xe000, true);
    view.setUint32(4, body.length, true);
    return joinBytes([head, body]);
  });
  return dicomElement(tag, 'SQ', joinBytes(parts));
}

/** A number of two bytes (`US`) or four (`UL`). */
export function dicomNumber(tag: number, vr: 'US' | 'UL', value: number): Uint8Array {
  const body = new Uint8Array(vr === 'US' ? 2 : 4);
  if (vr === 'US') new DataView(body.buffer).setUint16(0, value, true);
  else new DataView(body.buffer).setUint32(0, value, true);
  return dicomElement(tag, vr, body);
}

/** A number as text of at most 16 characters (`DS`). */
export function dicomDecimal(value: number): string {
  const text = String(value);
  return text.length <= 16 ? text : value.toPrecision(9);
}
