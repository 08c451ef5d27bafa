import { describe, expect, it } from 'vitest';
import { decodeChunks, encodeChunks } from './chunk-bytes.ts';

const ARRAYS = [Float32Array.from([1.5, NaN, -3]), Uint8Array.from([1, 2, 3, 4, 5]), new Float32Array(0)];

describe('decodeChunks', () => {
  it('gives back what was packed, NaN included', () => {
    expect(decodeChunks(encodeChunks({ a: ['ü'] }, ARRAYS))).toEqual({ meta: { a: ['ü'] }, arrays: ARRAYS });
  });

  it('reads any view: a Node buffer, and one that begins at an odd byte', () => {
    const bytes = encodeChunks(null, ARRAYS);
    const wide = new Uint8Array(bytes.length + 5);
    wide.set(bytes, 5);
    for (const view of [Buffer.from(bytes), wide.subarray(5), Buffer.from(wide.buffer, 5)]) {
      expect(decodeChunks(view).arrays).toEqual(ARRAYS);
    }
  });

  it('refuses bytes that are cut short', () => {
    const bytes = encodeChunks(null, ARRAYS);
    expect(() => decodeChunks(bytes.subarray(0, bytes.length - 10))).toThrow(RangeError);
  });
});
