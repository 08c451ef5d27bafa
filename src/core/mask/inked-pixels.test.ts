import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INKED_BYTE, packInked, unpackInked } from './inked-pixels.ts';

const page = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .chain(([width, height]) =>
    fc
      .array(fc.integer({ min: 0, max: 255 }), { minLength: width * height, maxLength: width * height })
      .map((bytes) => ({ width, height, bytes })),
  );

test('the pixels that hold ink come back, by the same bound as bytes of evidence', () => {
  fc.assert(
    fc.property(page, ({ width, height, bytes }) => {
      const packed = packInked({ data: Float32Array.from(bytes, (b) => b / 255), width, height });
      expect([...unpackInked(packed, width, height)!]).toEqual(bytes.map((b) => (b >= INKED_BYTE ? 1 : 0)));
    }),
  );
});

test('a long blank page takes a few bytes', () => {
  const packed = packInked({ data: new Float32Array(1000 * 700), width: 1000, height: 700 });
  expect(packed.length).toBeLessThan(16);
  expect(unpackInked(packed, 1000, 700)!.every((pixel) => pixel === 0)).toBe(true);
});

test('bytes of another version or size tell nothing, damaged ones are refused', () => {
  const packed = packInked({ data: Float32Array.from([0, 1, 1, 0, 0, 1]), width: 3, height: 2 });
  expect(unpackInked(packed, 2, 3)).toBeNull();
  expect(
    unpackInked(
      Uint8Array.from(packed, (byte, i) => (i === 0 ? 9 : byte)),
      3,
      2,
    ),
  ).toBeNull();
  expect(unpackInked(new Uint8Array(0), 3, 2)).toBeNull();
  expect(() => unpackInked(packed.subarray(0, -1), 3, 2)).toThrow(RangeError);
  expect(() => unpackInked(Uint8Array.from([...packed, 200]), 3, 2)).toThrow(RangeError);
  expect(() => unpackInked(Uint8Array.from([...packed, 5]), 3, 2)).toThrow(RangeError);
});
