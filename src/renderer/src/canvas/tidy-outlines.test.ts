import { expect, test } from 'vitest';
import { polygonBounds } from './polygon.ts';
import { outlineCorners, tidyOutlines } from './tidy-outlines.ts';

/** Outline with two points a side, as the server sends it with eight. */
function cell(id: string, row: number, y0: number, y1: number, startSeconds = 0, endSeconds = 2.5) {
  const x0 = startSeconds * 100;
  const x1 = endSeconds * 100;
  const outline: [number, number][] = [
    [x0, y0],
    [(x0 + x1) / 2, y0],
    [x1, y0],
    [x1, (y0 + y1) / 2],
    [x1, y1],
    [(x0 + x1) / 2, y1],
    [x0, y1],
    [x0, (y0 + y1) / 2],
  ];
  return { id, row, startSeconds, endSeconds, outline };
}

test('overlapping rows meet halfway', () => {
  const tidy = tidyOutlines([cell('a', 0, 0, 100), cell('b', 1, 60, 160)]);
  expect(polygonBounds(tidy.get('a')!)).toEqual({ x0: 0, y0: 0, x1: 250, y1: 80 });
  expect(polygonBounds(tidy.get('b')!)).toEqual({ x0: 0, y0: 80, x1: 250, y1: 160 });
});

test('a rhythm strip is cut by the row above it in every column', () => {
  const tidy = tidyOutlines([
    cell('a', 0, 0, 100),
    cell('b', 0, 0, 100, 2.5, 5),
    cell('r', 1, 60, 160, 0, 5),
  ]);
  expect(polygonBounds(tidy.get('b')!).y1).toBe(80);
  expect(polygonBounds(tidy.get('r')!).y0).toBe(80);
});

test('columns side by side and rows that do not overlap stay as they are', () => {
  const cells = [cell('a', 0, 0, 100), cell('b', 1, 60, 160, 2.49, 5), cell('c', 2, 200, 300)];
  const tidy = tidyOutlines(cells);
  for (const { id, outline } of cells) expect(tidy.get(id)).toBe(outline);
});

test('corners are found by the number of points a side', () => {
  expect(outlineCorners(cell('a', 0, 0, 10).outline)).toEqual([
    [0, 0],
    [250, 0],
    [250, 10],
    [0, 10],
  ]);
  expect(outlineCorners([[0, 0]])).toBeNull();
});
