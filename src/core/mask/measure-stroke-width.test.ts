import { describe, expect, it } from 'vitest';
import { blankRaster, drawTrace } from '../../../tests/fixtures/draw-trace.ts';
import { measureStrokeWidth } from './measure-stroke-width.ts';

describe('measureStrokeWidth', () => {
  it.each([1.2, 2.1, 3, 5])('finds a pen %s px wide from a wavy line', (widthPx) => {
    const coverage = blankRaster(400, 120);
    const points = Array.from({ length: 400 }, (_, x) => [x, 60 + 8 * Math.sin(x / 40)] as const);
    drawTrace(coverage, points, widthPx);
    for (let i = 0; i < 400; i += 7) coverage.data[((i * 37) % 120) * 400 + i] = 1;
    expect(Math.abs(measureStrokeWidth(coverage, 12) - widthPx)).toBeLessThan(0.25);
  });

  it('is 0 on an empty page', () => {
    expect(measureStrokeWidth(blankRaster(100, 100), 12)).toBe(0);
  });
});
