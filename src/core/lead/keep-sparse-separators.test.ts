import { expect, it } from 'vitest';
import type { SeparatorColumn } from './find-separators.ts';
import { keepSparseSeparators } from './keep-sparse-separators.ts';

const ROWS = 7;

const column = (x: number, height: number, rows: readonly number[]): SeparatorColumn => ({
  x,
  rows,
  quality: 0.9,
  marks: rows.map((row) => ({ x0: x, x1: x + 4, y0: 100 * row, y1: 100 * row + height })),
});

const every = (count: number, height: (k: number) => number, rows: readonly number[]): SeparatorColumn[] =>
  Array.from({ length: count }, (_, k) => column(20 + 60 * k, height(k), rows));

it('drops marks of one size that stand in line at more places than there are boundaries', () => {
  const noise = every(15, () => 10, [0, 1, 2, 3, 4, 5, 6]);
  const separators = [column(500, 57, [0, 1, 2, 3, 4, 5]), column(1000, 57, [0, 1, 2, 3, 4, 5])];
  expect(keepSparseSeparators([...noise, ...separators], ROWS)).toEqual(separators);
});

it('drops the peaks that some rows share all along, however high', () => {
  const noise = every(15, (k) => 10 + (k % 6), [0, 2, 4]);
  const separator = column(500, 57, [0, 1, 2, 3, 4, 5]);
  expect(keepSparseSeparators([separator, ...noise], ROWS)).toEqual([separator]);
});

it('keeps dashes between the columns and the complexes beside them', () => {
  const dashes = every(5, () => 12, [0, 1, 2]);
  const complexes = every(10, (k) => 8 + 2 * k, [0, 1, 2]);
  expect(keepSparseSeparators([...dashes, ...complexes], 3)).toHaveLength(15);
  expect(keepSparseSeparators([], 3)).toEqual([]);
});
