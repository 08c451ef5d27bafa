import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layTiles } from './lay-tiles.ts';

test('tiles cover every pixel once in sum, overlap enough and fit the network', () => {
  const sizes = fc.record({
    length: fc.integer({ min: 1, max: 4000 }),
    tilePx: fc.integer({ min: 5, max: 40 }).map((n) => n * 16),
    overlapPx: fc.integer({ min: 1, max: 64 }),
  });
  fc.assert(
    fc.property(sizes, ({ length, tilePx, overlapPx }) => {
      const { length: tile, starts, weights } = layTiles(length, { tilePx, overlapPx, stridePx: 16 });
      expect(tile % 16).toBe(0);
      expect(tile).toBeLessThanOrEqual(tilePx);
      expect(starts[0]).toBe(0);
      expect(starts.every((start) => start % 16 === 0)).toBe(true);
      expect(starts.at(-1)! + tile).toBe(Math.ceil(length / 16) * 16);
      for (let k = 1; k < starts.length; k++) {
        expect(starts[k - 1]! + tile - starts[k]!).toBeGreaterThanOrEqual(overlapPx);
      }
      const sum = new Float64Array(length);
      starts.forEach((start, k) =>
        weights[k]!.forEach((weight, x) => {
          if (start + x < length) sum[start + x]! += weight;
          else expect(weight).toBe(0);
        }),
      );
      expect(sum.every((value) => Math.abs(value - 1) < 1e-5)).toBe(true);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('a page of 2200 pixels takes five equal tiles of up to 512', () => {
  const { length, starts } = layTiles(2200, { tilePx: 512, overlapPx: 32, stridePx: 16 });
  expect(length).toBe(480);
  expect(starts).toEqual([0, 432, 864, 1296, 1728]);
});
