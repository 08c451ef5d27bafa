import { expect, it } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import { hideFrames } from './hide-frames.ts';

it('hides a frame and leaves peaks that stand one above the other', () => {
  const coverage = blankRaster(40, 200);
  const certainty = blankRaster(40, 200, 1);
  for (let y = 0; y < 200; y++) {
    coverage.data[y * 40] = 1;
    // Four rows of leads with tall complexes at one place: much ink in a column, but never in one piece.
    if (y % 50 < 44) coverage.data[y * 40 + 20] = 1;
  }
  hideFrames(coverage, certainty, 3);
  expect(coverage.data[100 * 40]).toBe(0);
  expect(certainty.data[100 * 40]).toBe(0);
  expect(coverage.data[100 * 40 + 20]).toBe(1);
  expect(certainty.data[100 * 40 + 20]).toBe(1);
});
