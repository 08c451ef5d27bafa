import { joinBytes } from '../signal/join-bytes.ts';
import { encodeNumbers } from '../signal/decode-numbers.ts';
import type { MatValue } from './mat-value.ts';

const MI = { int8: 1, uint16: 4, int32: 5, uint32: 6, single: 7, double: 9, matrix: 14, int16: 3 } as const;
const CLASS = { cell: 1, char: 4, double: 6, single: 7, int16: 10, int32: 12 } as const;

/**
 * Writes variables as a MAT file of version 5, little-endian, uncompressed; same variables, same bytes. Numbers, texts
 * and cells (a column of them).
 */
export function writeMat(variables: Readonly<Record<string, MatValue>>): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(128).fill(0x20, 0, 116);
  header.set(ascii('MATLAB 5.0 MAT-file, written by Tracewright'));
  header.set([0x00, 0x01, 0x49, 0x4d], 124);
  const parts = Object.entries(variables).map(([name, value]) => matrix(name, value));
  return joinBytes([header, ...parts]);
}

function matrix(name: string, value: MatValue): Uint8Array<ArrayBuffer> {
  const { kind, shape, body } = encode(value);
  return element(
    MI.matrix,
    joinBytes([
      element(MI.uint32, encodeNumbers(Int32Array.of(kind, 0))),
      element(MI.int32, encodeNumbers(Int32Array.from(shape))),
      element(MI.int8, ascii(name)),
      body,
    ]),
  );
}

function encode(value: MatValue): { kind: number; shape: readonly number[]; body: Uint8Array<ArrayBuffer> } {
  switch (value.kind) {
    case 'numbers': {
      const [type, kind] =
        value.data instanceof Float32Array
          ? [MI.single, CLASS.single]
          : value.data instanceof Float64Array
            ? [MI.double, CLASS.double]
            : value.data instanceof Int16Array
              ? [MI.int16, CLASS.int16]
              : [MI.int32, CLASS.int32];
      return { kind, shape: value.shape, body: element(type, encodeNumbers(value.data)) };
    }
    case 'text': {
      const units = new Uint8Array(2 * value.text.length);
      for (let i = 0; i < value.text.length; i++) {
        new DataView(units.buffer).setUint16(2 * i, value.text.charCodeAt(i), true);
      }
      const shape = value.text === '' ? [0, 0] : [1, value.text.length];
      return { kind: CLASS.char, shape, body: element(MI.uint16, units) };
    }
    case 'cell': {
      const items = joinBytes(value.items.map((item) => matrix('', item)));
      return { kind: CLASS.cell, shape: [value.items.length, 1], body: items };
    }
    default:
      throw new RangeError(`writeMat: a ${value.kind} is not written`);
  }
}

function element(type: number, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8 + 8 * Math.ceil(body.length / 8));
  // The padding of a matrix counts, and it has none: its parts are padded already.
  bytes.set(encodeNumbers(Int32Array.of(type, body.length)));
  bytes.set(body, 8);
  return bytes;
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
