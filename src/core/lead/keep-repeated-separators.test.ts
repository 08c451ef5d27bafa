import { expect, it } from 'vitest';
import { keepRepeatedSeparators } from './keep-repeated-separators.ts';

const isNear = (edge: number, x: number): boolean => Math.abs(edge - x) < 10;
const column = (x: number) => ({ x, rows: [0, 1, 2], marks: [], quality: 1 });
const edges = [100, 600, 1100, 1600, 2100];

it('marks between several columns are separators, the ones at the ends with them', () => {
  const columns = [column(103), column(601), column(1099)];
  expect(keepRepeatedSeparators(columns, edges, isNear)).toEqual(columns);
});

it('what lines up at one boundary of many, or at an end alone, are complexes', () => {
  expect(keepRepeatedSeparators([column(598), column(603), column(2100)], edges, isNear)).toEqual([]);
  expect(keepRepeatedSeparators([column(2100)], edges, isNear)).toEqual([]);
});

it('between two columns there is one boundary, and none in a single column', () => {
  expect(keepRepeatedSeparators([column(598)], [100, 600, 1100], isNear)).toHaveLength(1);
  expect(keepRepeatedSeparators([column(1100)], [100, 600, 1100], isNear)).toEqual([]);
  expect(keepRepeatedSeparators([column(2100)], [100, 2100], isNear)).toHaveLength(1);
});
