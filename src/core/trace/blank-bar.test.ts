import { describe, expect, it } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import { blankBar, measureBarPen } from './blank-bar.ts';

it('hides a bar from end to end though its box is short, and the trace beside it stays', () => {
  const coverage = blankRaster(60, 100);
  const certainty = blankRaster(60, 100, 1);
  for (let x = 0; x < 60; x++) coverage.data[50 * 60 + x] = 1;
  for (let y = 20; y < 80; y++) {
    for (let x = 28; x < 33; x++) coverage.data[y * 60 + x] = 1;
    coverage.data[y * 60 + 27] = Math.max(0.3, coverage.data[y * 60 + 27]!);
  }
  blankBar(coverage, certainty, { x0: 28, y0: 35, x1: 33, y1: 65 }, { columns: 5, widthPx: 5.3 });
  for (let y = 20; y < 80; y++) expect(certainty.data[y * 60 + 30]).toBe(0);
  expect(coverage.data[40 * 60 + 27]).toBeCloseTo(0, 6);
  expect(coverage.data[50 * 60 + 27]).toBeCloseTo(1, 5);
  expect(coverage.data[50 * 60 + 20]).toBe(1);
  expect(certainty.data[10 * 60 + 30]).toBe(1);
});

it('hides no more than the pen of the bars: a complex beside a bar stays', () => {
  const coverage = blankRaster(80, 100);
  const certainty = blankRaster(80, 100, 1);
  const bars = [10, 30, 50].map((x) => ({ x0: x, y0: 20, x1: x + 3, y1: 60 }));
  for (const { x0 } of bars) {
    for (let y = 20; y < 60; y++) for (let x = x0; x < x0 + 3; x++) coverage.data[y * 80 + x] = 1;
  }
  for (let y = 30; y < 70; y++) coverage.data.fill(1, y * 80 + 33, y * 80 + 35);
  const pen = measureBarPen(coverage, bars);
  expect(pen).toEqual({ columns: 3, widthPx: 3 });
  blankBar(coverage, certainty, bars[1]!, pen);
  for (let y = 20; y < 60; y++) {
    expect(certainty.data[y * 80 + 31]).toBe(0);
    if (y >= 30) expect(coverage.data[y * 80 + 34]).toBe(1);
  }
});

it('takes away the soft edges of bars that fill their outermost columns only in part', () => {
  const coverage = blankRaster(80, 100);
  const certainty = blankRaster(80, 100, 1);
  const bars = [10, 30, 50].map((x) => ({ x0: x, y0: 20, x1: x + 4, y1: 60 }));
  for (const { x0 } of bars) {
    for (let y = 20; y < 60; y++) {
      coverage.data.fill(1, y * 80 + x0, y * 80 + x0 + 3);
      coverage.data[y * 80 + x0 - 1] = 0.45;
      coverage.data[y * 80 + x0 + 3] = 0.7;
    }
  }
  const pen = measureBarPen(coverage, bars);
  for (const bar of bars) blankBar(coverage, certainty, bar, pen);
  expect(Math.max(...coverage.data)).toBeLessThan(0.02);
});

describe('an empty box', () => {
  it('changes nothing', () => {
    const coverage = blankRaster(10, 10, 1);
    blankBar(coverage, blankRaster(10, 10, 1), { x0: 5, y0: 5, x1: 5, y1: 9 }, { columns: 3, widthPx: 3 });
    expect(Math.min(...coverage.data)).toBe(1);
  });
});
