import { expect, test } from 'vitest';
import { reduceLadder, reduceLevelFor } from './reduce-level.ts';

test('the level has at least about one bitmap pixel per device pixel', () => {
  expect(reduceLevelFor(0.1, 1)).toBe(8);
  expect(reduceLevelFor(0.2, 1)).toBe(4);
  expect(reduceLevelFor(0.31, 1)).toBe(2);
  expect(reduceLevelFor(0.28, 2)).toBe(2);
  expect(reduceLevelFor(0.7, 1)).toBe(1);
  expect(reduceLevelFor(12, 1)).toBe(1);
});

test('a large picture is announced by a small one', () => {
  expect(reduceLadder(8)).toEqual([8]);
  expect(reduceLadder(2)).toEqual([8, 2]);
});
