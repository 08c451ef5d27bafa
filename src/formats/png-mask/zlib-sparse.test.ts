import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { unzlibSync } from 'fflate';
import { expect, test } from 'vitest';
import { zlibSparse } from './zlib-sparse.ts';

const zeros = fc.oneof(fc.nat(3), fc.nat(600), fc.nat(40_000));
/** What the search finds something in: few values, rows that go on. */
const rows = fc.oneof(
  fc.uint8Array({ maxLength: 9000 }),
  fc.uint8Array({ maxLength: 9000, max: 1 }),
  fc
    .tuple(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 30 }))
    .map(([row, times]) => Uint8Array.from(Array.from({ length: times }, () => [...row]).flat())),
);

test('two readers find the zeros and what stands between them, and that the sum is right', () => {
  fc.assert(
    fc.property(zeros, rows, zeros, fc.integer({ min: 1, max: 70_000 }), (before, bytes, after, rowBytes) => {
      const whole = new Uint8Array(before + bytes.length + after);
      whole.set(bytes, before);
      for (const width of [rowBytes, Math.max(1, bytes.length >> 2)]) {
        const packed = zlibSparse(before, bytes, after, width);
        expect(Buffer.compare(inflateSync(packed), whole)).toBe(0);
        expect(Buffer.compare(unzlibSync(packed), whole)).toBe(0);
      }
    }),
    { numRuns: 200 },
  );
});

test('every length and distance is written as the format has it', () => {
  for (let length = 1; length <= 600; length++) {
    const distance = 1 + ((length * 61) % 4000);
    const row = Uint8Array.from({ length: distance }, (_, i) => 1 + ((i * 89 + (i >> 7)) % 255));
    const whole = Uint8Array.from({ length: distance + length }, (_, i) => row[i % distance]!);
    expect(Buffer.compare(inflateSync(zlibSparse(0, whole, 0, distance)), whole)).toBe(0);
  }
});

test('zeros cost two bits per 258', () => {
  expect(zlibSparse(500_000, Uint8Array.of(1), 0, 100).length).toBeLessThan(600);
});
