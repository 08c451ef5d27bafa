import { expect, it } from 'vitest';
import type { SeparatorColumn } from './find-separators.ts';
import { keepAlikeSeparators } from './keep-alike-separators.ts';

const column = (x: number, width: number, height: number, quality: number): SeparatorColumn => ({
  x,
  rows: [0, 1, 2],
  quality,
  marks: [0, 1, 2].map((row) => ({ x0: x, x1: x + width, y0: 100 * row, y1: 100 * row + height })),
});

it('keeps marks of one size and drops aligned complexes of another', () => {
  const marks = [column(500, 5, 57, 0.9), column(1000, 5, 56, 0.8), column(1500, 6, 57, 0.9)];
  const complexes = [column(10, 5, 37, 0.7), column(2000, 8, 57, 0.4)];
  expect(keepAlikeSeparators([...complexes, ...marks])).toEqual(marks);
  expect(keepAlikeSeparators([])).toEqual([]);
});
