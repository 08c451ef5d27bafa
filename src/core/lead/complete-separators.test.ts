import { expect, test } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import { completeSeparators } from './complete-separators.ts';

const EDGES = [20, 120, 220, 320, 420];
const ROWS = [40, 90, 140];
const isNear = (edge: number, x: number): boolean => Math.abs(edge - x) < 8;
const mark = (x: number, y: number) => ({ x0: x - 3, x1: x + 3, y0: y - 15, y1: y + 15 });
const column = (x: number) => ({ x, rows: [0, 1, 2], marks: ROWS.map((y) => mark(x, y)), quality: 1 });

/** Bars at places along the page, as high as the rows' marks or only so much of it. */
function page(bars: readonly { x: number; share: number }[]) {
  const ink = blankRaster(440, 180);
  for (const { x, share } of bars) {
    for (const y of ROWS) {
      for (let row = y - 15; row < y - 15 + 30 * share; row++)
        ink.data.fill(1, row * 440 + x - 2, row * 440 + x + 2);
    }
  }
  return ink;
}

test('a bar that stands where its column should, in ink that touches it, is found by the others', () => {
  const known = [column(121), column(321)];
  const ink = page([
    { x: 121, share: 1 },
    { x: 222, share: 1 },
    { x: 321, share: 1 },
  ]);
  const all = completeSeparators(known, EDGES, isNear, ink);
  expect(all.slice(0, 2)).toEqual(known);
  expect(all).toHaveLength(3);
  for (const { x0, x1 } of all[2]!.marks) expect(Math.abs((x0 + x1) / 2 - 222)).toBeLessThanOrEqual(1);
});

test('complexes there that do not fill the mark are none, nor is what one row alone shows', () => {
  const known = [column(121), column(321)];
  expect(completeSeparators(known, EDGES, isNear, page([{ x: 221, share: 0.8 }]))).toBe(known);
  const one = page([]);
  for (let row = 25; row < 55; row++) one.data.fill(1, row * 440 + 218, row * 440 + 224);
  expect(completeSeparators(known, EDGES, isNear, one)).toBe(known);
});

test('where no boundary has marks, or every one has, nothing is added', () => {
  const ink = page(EDGES.slice(1, -1).map((x) => ({ x, share: 1 })));
  const ends = [column(20)];
  expect(completeSeparators(ends, EDGES, isNear, ink)).toBe(ends);
  const all = [column(120), column(220), column(320)];
  expect(completeSeparators(all, EDGES, isNear, ink)).toBe(all);
});
