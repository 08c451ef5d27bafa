import { describe, expect, it } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import { blankBar } from './blank-bar.ts';

it('hides a bar from end to end though its box is short, and the trace beside it stays', () => {
  const coverage = blankRaster(60, 100);
  const certainty = blankRaster(60, 100, 1);
  for (let x = 0; x < 60; x++) coverage.data[50 * 60 + x] = 1;
  for (let y = 20; y < 80; y++) {
    for (let x = 28; x < 33; x++) coverage.data[y * 60 + x] = 1;
    coverage.data[y * 60 + 27] = Math.max(0.3, coverage.data[y * 60 + 27]!);
  }
  blankBar(coverage, certainty, { x0: 28, y0: 35, x1: 33, y1: 65 });
  for (let y = 20; y < 80; y++) expect(certainty.data[y * 60 + 30]).toBe(0);
  expect(coverage.data[40 * 60 + 27]).toBe(0);
  expect(coverage.data[50 * 60 + 27]).toBeCloseTo(1, 5);
  expect(coverage.data[50 * 60 + 20]).toBe(1);
  expect(certainty.data[10 * 60 + 30]).toBe(1);
});

describe('an empty box', () => {
  it('changes nothing', () => {
    const coverage = blankRaster(10, 10, 1);
    blankBar(coverage, blankRaster(10, 10, 1), { x0: 5, y0: 5, x1: 5, y1: 9 });
    expect(Math.min(...coverage.data)).toBe(1);
  });
});
