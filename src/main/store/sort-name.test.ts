import { expect, test } from 'vitest';
import { sortName } from './sort-name.ts';

test('numbers count by value, letters whatever their case, pages of a file stay together', () => {
  const names: [string, number][] = [
    ['b.png', 0],
    ['ECG10.pdf', 0],
    ['ecg2.pdf', 10],
    ['ecg2.pdf', 9],
    ['Ecg2.png', 0],
    ['A.png', 0],
  ];
  const sorted = names.toSorted(([a, i], [b, j]) => (sortName(a, i) < sortName(b, j) ? -1 : 1));
  expect(sorted.map(([name, page]) => `${name} ${page}`)).toEqual([
    'A.png 0',
    'b.png 0',
    'ecg2.pdf 9',
    'ecg2.pdf 10',
    'Ecg2.png 0',
    'ECG10.pdf 0',
  ]);
});
