import { describe, expect, it } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import { eraseText } from './erase-text.ts';

const BOX = { x0: 10, y0: 10, x1: 30, y1: 26 };

describe('eraseText', () => {
  it('removes a letter that stands alone', () => {
    const coverage = blankRaster(40, 40);
    for (let y = 14; y < 22; y++) coverage.data[y * 40 + 16] = 1;
    eraseText(coverage, blankRaster(40, 40, 1), BOX);
    expect(Math.max(...coverage.data)).toBe(0);
  });

  it('keeps a trace that runs through, but trusts it less there', () => {
    const coverage = blankRaster(40, 40);
    const certainty = blankRaster(40, 40, 1);
    for (let x = 0; x < 40; x++) coverage.data[18 * 40 + x] = 1;
    eraseText(coverage, certainty, BOX);
    for (let x = 0; x < 40; x++) expect(coverage.data[18 * 40 + x]).toBe(1);
    expect(certainty.data[18 * 40 + 20]).toBeLessThan(0.5);
    expect(certainty.data[18 * 40 + 5]).toBe(1);
  });

  it('takes away a stem whose foot stands on the trace, but no peak that ends below the height of the letters', () => {
    const coverage = blankRaster(40, 40);
    const at = (x: number, y: number) => coverage.data[y * 40 + x];
    for (let x = 0; x < 40; x++) coverage.data[22 * 40 + x] = 1;
    for (let y = 12; y < 22; y++) coverage.data[y * 40 + 15] = 1;
    for (let y = 15; y < 22; y++) coverage.data[y * 40 + 24] = 1;
    eraseText(coverage, blankRaster(40, 40, 1), BOX);
    expect(at(15, 12)).toBe(0);
    expect(at(15, 18)).toBe(0);
    expect(at(15, 22)).toBe(1);
    expect(at(24, 15)).toBe(1);
  });
});
