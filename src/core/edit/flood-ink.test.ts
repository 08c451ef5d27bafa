import fc from 'fast-check';
import { expect, test } from 'vitest';
import { floodInk, type FloodGround } from './flood-ink.ts';

const ground = (rows: readonly string[]): FloodGround => {
  const width = rows[0]!.length;
  return {
    width,
    height: rows.length,
    strength: (pixel) => 28 * Number(rows[Math.floor(pixel / width)]![pixel % width]),
    passable: () => true,
  };
};

const reached = (rows: readonly string[], seed: number, threshold: number): number[] => {
  const { pixels, levels } = floodInk(ground(rows), seed, 1);
  return [...pixels].filter((_, k) => levels[k]! >= threshold).sort((a, b) => a - b);
};

test('a pixel is reached at the weakest spot of the best way to it', () => {
  const rows = ['9930', '0009', '9000'];
  const { pixels, levels } = floodInk(ground(rows), 0, 1);
  const levelOf = (pixel: number): number | undefined => levels[pixels.indexOf(pixel)];
  expect(levelOf(1)).toBe(9 * 28);
  expect(levelOf(2)).toBe(3 * 28);
  expect(levelOf(7)).toBe(3 * 28);
  expect(pixels).not.toContain(8);
});

test('the list goes from easy to hard, so that each threshold has a beginning of it', () => {
  const { levels } = floodInk(ground(['95917', '35195', '99351']), 0, 1);
  expect([...levels]).toEqual([...levels].sort((a, b) => b - a));
});

test('what may not be entered is a wall, and paper is no seed', () => {
  const walled = { ...ground(['999']), passable: (pixel: number) => pixel !== 1 };
  expect([...floodInk(walled, 0, 1).pixels]).toEqual([0]);
  expect(floodInk(ground(['090']), 0, 1).pixels).toHaveLength(0);
});

test('each fill is what a plain flood at its threshold finds', () => {
  const row = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 7 }), fc.integer({ min: 1, max: 9 }), (grid, t) => {
      const rows = grid.map((values) => values.join(''));
      const threshold = 28 * t;
      const seen = new Set<number>();
      const pending = [0];
      const { strength, width, height } = ground(rows);
      for (let pixel = pending.pop(); pixel !== undefined; pixel = pending.pop()) {
        if (seen.has(pixel) || strength(pixel) < threshold) continue;
        seen.add(pixel);
        const [x, y] = [pixel % width, Math.floor(pixel / width)];
        for (const [dx, dy] of [-1, 0, 1].flatMap((a) => [-1, 0, 1].map((b) => [a, b] as const))) {
          if (x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height)
            pending.push((y + dy) * width + x + dx);
        }
      }
      expect(reached(rows, 0, threshold)).toEqual([...seen].sort((a, b) => a - b));
    }),
    { numRuns: 60 },
  );
});
