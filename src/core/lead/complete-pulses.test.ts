import { describe, expect, it } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import { completePulses } from './complete-pulses.ts';
import { findPulses } from './find-pulses.ts';
import { findInkComponents } from './ink-components.ts';
import type { TraceRow } from './trace-row.ts';

const PX_PER_MM = 6;
const WIDTH = 900;
const BASELINES = [120, 300, 480];

/** A page with a pulse of 10 mm before every level trace, printed as dark as `shades` say; what is found on it. */
function page(shades: readonly number[]) {
  const ink = blankRaster(WIDTH, 600);
  BASELINES.forEach((baseline, row) => {
    for (let y = baseline; y < baseline + 2; y++) ink.data.fill(1, y * WIDTH + 82, y * WIDTH + 880);
    for (let y = baseline - 60; y < baseline + 2; y++) {
      const wide = y < baseline - 58;
      for (const x of wide ? Array.from({ length: 32 }, (_, k) => 50 + k) : [50, 51, 80, 81]) {
        ink.data[y * WIDTH + x] = shades[row]!;
      }
    }
  });
  const rows = BASELINES.map((baselineY) => ({ baselineY, x0: 50, x1: 880 }) as TraceRow);
  const found = findPulses(ink, findInkComponents(ink, 0.4), rows, PX_PER_MM, 2);
  return { found, completed: completePulses(found, ink, rows, PX_PER_MM) };
}

describe('completePulses', () => {
  it('gives a row the pulse that is printed too pale to be found alone', () => {
    const { found, completed } = page([1, 0.3, 1]);
    expect(found.map(({ row }) => row)).toEqual([0, 2]);
    expect(completed.map(({ row }) => row)).toEqual([0, 1, 2]);
    const [first, second] = completed.map(({ box }) => box);
    expect(Math.abs(second!.x1 - first!.x1)).toBeLessThanOrEqual(1);
    expect(Math.abs(second!.y1 - first!.y1 - 180)).toBeLessThanOrEqual(2);
  });

  it('gives none to a row before which no leg stands', () => {
    const { completed } = page([1, 0, 1]);
    expect(completed.map(({ row }) => row)).toEqual([0, 2]);
  });
});
