import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeChunks, encodeChunks, type ChunkArray } from './chunk-bytes.ts';

const chunkArray = fc.oneof(
  fc.float32Array({ maxLength: 20 }),
  fc.uint8Array({ maxLength: 20 }),
) as fc.Arbitrary<ChunkArray>;

test('whatever is packed comes back, wherever the bytes lie', () => {
  fc.assert(
    fc.property(fc.array(chunkArray, { maxLength: 5 }), fc.jsonValue(), fc.nat(9), (arrays, json, offset) => {
      // JSON knows no -0.
      const meta: unknown = JSON.parse(JSON.stringify(json));
      const bytes = encodeChunks(meta, arrays);
      const shifted = new Uint8Array(bytes.length + offset);
      shifted.set(bytes, offset);
      expect(decodeChunks(shifted.subarray(offset))).toEqual({ meta, arrays });
      expect(decodeChunks(Buffer.from(bytes))).toEqual({ meta, arrays });
    }),
  );
});

test('arrays are copies of their own', () => {
  const bytes = Buffer.from(encodeChunks(null, [new Float32Array([1, NaN]), new Uint8Array([7])]));
  const { arrays } = decodeChunks(bytes);
  bytes.fill(0);
  expect(arrays).toEqual([new Float32Array([1, NaN]), new Uint8Array([7])]);
  expect(arrays[0]!.buffer.byteLength).toBe(8);
});

test('bytes cut short are refused', () => {
  const bytes = encodeChunks(null, [new Float32Array(4)]);
  expect(() => decodeChunks(bytes.subarray(0, bytes.length - 4))).toThrow(RangeError);
});
