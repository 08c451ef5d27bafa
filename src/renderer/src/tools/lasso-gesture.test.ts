import { expect, test } from 'vitest';
import { enclosesArea, extendLasso, lassoOutline, startLasso } from './lasso-gesture.ts';

test('a lasso gathers the points that are apart', () => {
  let lasso = startLasso('lasso', [0, 0]);
  for (const at of [
    [1, 0],
    [10, 0],
    [10, 2],
    [10, 10],
  ] as const)
    lasso = extendLasso(lasso, at, 4);
  expect(lassoOutline(lasso)).toEqual([
    [0, 0],
    [10, 0],
    [10, 10],
  ]);
  expect(enclosesArea(lasso, 6)).toBe(true);
  expect(enclosesArea(lasso, 12)).toBe(false);
});

test('a rectangle has the corner it was begun at and the last one', () => {
  let lasso = startLasso('box', [8, 8]);
  for (const at of [
    [20, 30],
    [2, 4],
  ] as const)
    lasso = extendLasso(lasso, at, 4);
  expect(lassoOutline(lasso)).toEqual([
    [8, 8],
    [2, 8],
    [2, 4],
    [8, 4],
  ]);
});

test('a click encloses nothing', () => {
  expect(enclosesArea(startLasso('lasso', [3, 3]), 1)).toBe(false);
  expect(enclosesArea(extendLasso(startLasso('box', [3, 3]), [4, 4], 1), 6)).toBe(false);
});
