import { describe, expect, it } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import { hidePulse } from './hide-pulse.ts';

const WIDTH = 100;
const HEIGHT = 120;
const PX_PER_MM = 8;

/** A pulse from (10, 20) down to row 100 whose last leg fills columns 29 to 31, with a soft edge in column 32. */
function drawPulse() {
  const coverage = blankRaster(WIDTH, HEIGHT);
  const certainty = blankRaster(WIDTH, HEIGHT, 1);
  for (let x = 10; x < 32; x++) coverage.data.fill(1, 20 * WIDTH + x, 20 * WIDTH + x + 1);
  for (let y = 20; y < 100; y++) {
    coverage.data.fill(1, y * WIDTH + 10, y * WIDTH + 12);
    coverage.data.fill(1, y * WIDTH + 29, y * WIDTH + 32);
    coverage.data[y * WIDTH + 32] = 0.3;
  }
  return { coverage, certainty };
}
const box = { x0: 10, y0: 20, x1: 33, y1: 100 };

describe('hidePulse', () => {
  it('keeps a complex that the lead begins with at the leg', () => {
    const { coverage, certainty } = drawPulse();
    for (let y = 60; y < 90; y++) coverage.data.fill(1, y * WIDTH + 32, y * WIDTH + 35);
    hidePulse(coverage, certainty, box, [30, 100], PX_PER_MM);
    for (let y = 20; y < 100; y++) {
      for (let x = 10; x < 32; x++) {
        expect(coverage.data[y * WIDTH + x]).toBe(0);
        expect(certainty.data[y * WIDTH + x]).toBe(0);
      }
    }
    expect(coverage.data[75 * WIDTH + 33]).toBe(1);
    expect(certainty.data[75 * WIDTH + 33]).toBe(1);
    expect(coverage.data[75 * WIDTH + 32]).toBeCloseTo(1, 6);
    expect(coverage.data[40 * WIDTH + 32]).toBeCloseTo(0, 6);
    expect(certainty.data[40 * WIDTH + 32]).toBeCloseTo(0.7, 6);
  });

  it('hides no more than that of a lead, wherever in it the pulse seems to end', () => {
    const { coverage, certainty } = drawPulse();
    for (let y = 60; y < 90; y++) coverage.data.fill(1, y * WIDTH + 50, y * WIDTH + 53);
    hidePulse(coverage, certainty, { ...box, x1: 60 }, [30, 100], PX_PER_MM);
    expect(coverage.data[75 * WIDTH + 51]).toBe(1);
    expect(coverage.data[75 * WIDTH + 30]).toBe(0);
  });

  it('treats a pulse behind the leads alike', () => {
    const { coverage, certainty } = drawPulse();
    for (let y = 60; y < 90; y++) coverage.data.fill(1, y * WIDTH + 7, y * WIDTH + 10);
    hidePulse(coverage, certainty, box, [0, 12], PX_PER_MM);
    expect(coverage.data[75 * WIDTH + 9]).toBe(1);
    expect(coverage.data[75 * WIDTH + 10]).toBe(0);
    expect(coverage.data[75 * WIDTH + 30]).toBe(0);
  });

  it('takes all of the overlap where the leg leans', () => {
    const coverage = blankRaster(WIDTH, HEIGHT);
    const certainty = blankRaster(WIDTH, HEIGHT, 1);
    for (let y = 20; y < 100; y++) coverage.data[y * WIDTH + 28 + Math.floor((y - 20) / 16)] = 1;
    hidePulse(coverage, certainty, box, [30, 100], PX_PER_MM);
    expect(Math.max(...coverage.data)).toBe(0);
  });
});
