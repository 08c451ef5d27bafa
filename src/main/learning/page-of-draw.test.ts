import { expect, test } from 'vitest';
import { pageOfDraw } from './page-of-draw.ts';

test('pages are drawn as often as their weights say, all of them soon', () => {
  const weights = [1, 2, 1, 1];
  const counts = [0, 0, 0, 0];
  for (let index = 0; index < 1000; index++) counts[pageOfDraw(weights, 7, index)]!++;
  expect(counts.map((count) => Math.round(count / 100))).toEqual([2, 4, 2, 2]);
  const seen = new Set(
    Array.from({ length: 30 }, (_, index) => pageOfDraw(Array<number>(20).fill(1), 3, index)),
  );
  expect(seen.size).toBe(20);
  expect(pageOfDraw(weights, 7, 12)).toBe(pageOfDraw(weights, 7, 12));
});
