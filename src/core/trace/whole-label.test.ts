import { expect, it } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import { wholeLabelBox } from './whole-label.ts';

/** Strokes 2 px wide and 10 px high at these columns. */
function strokes(...columns: number[]) {
  const ink = blankRaster(60, 30);
  for (const x of columns) for (let y = 10; y < 20; y++) ink.data.fill(1, y * 60 + x, y * 60 + x + 2);
  return ink;
}

it('makes room for the strokes that a label lacks, and leaves others alone', () => {
  const one = { x0: 10, y0: 10, x1: 12, y1: 20 };
  expect(wholeLabelBox(strokes(10), one, 'I')).toBe(one);
  expect(wholeLabelBox(strokes(10), one, 'II').x1).toBe(16);
  expect(wholeLabelBox(strokes(10), one, 'III').x1).toBe(20);
  const two = { x0: 10, y0: 10, x1: 17, y1: 20 };
  expect(wholeLabelBox(strokes(10, 15), two, 'II')).toBe(two);
  expect(wholeLabelBox(strokes(10, 15), two, 'III').x1).toBe(22);
  expect(wholeLabelBox(strokes(10), one, 'V1')).toBe(one);
});
