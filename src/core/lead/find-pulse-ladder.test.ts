import { expect, it } from 'vitest';
import { blankRaster, drawTrace } from '../../../tests/fixtures/draw-trace.ts';
import type { FloatRaster } from '../image/raster.ts';
import { findPulseLadder } from './find-pulse-ladder.ts';
import type { TraceRow } from './trace-row.ts';

const PX_PER_MM = 6;
const START_MM = 20;

interface Drawn {
  readonly count?: number;
  readonly gapMm?: number;
  readonly heightMm?: number;
  readonly hasLegs?: boolean;
}

/** Rows so far apart with a pulse before each, its last foot joined to nothing, then a line. */
function page({ count = 12, gapMm = 6, heightMm = 10, hasLegs = true }: Drawn): [FloatRaster, TraceRow[]] {
  const ink = blankRaster(120 * PX_PER_MM, Math.round((40 + count * gapMm) * PX_PER_MM));
  const draw = (points: readonly (readonly [number, number])[]): void =>
    drawTrace(
      ink,
      points.map(([x, y]) => [x * PX_PER_MM, y * PX_PER_MM] as const),
      2,
    );
  const rows = Array.from({ length: count }, (_, row) => {
    const y = 31.5 + row * gapMm;
    const top = y - heightMm;
    const [left, right] = [START_MM, START_MM + 5];
    draw([
      [left - 2, y],
      [left, y],
    ]);
    draw([
      [left, top],
      [right, top],
    ]);
    if (hasLegs) {
      // The left leg passed for a line of the grid.
      draw([
        [right, top],
        [right, y],
      ]);
    }
    draw([
      [right, y],
      [right + 2, y],
    ]);
    draw([
      [right + 3, y - 1],
      [110, y - 1],
    ]);
    // Waves move the middle of a row away from the feet.
    return {
      baselineY: (y + (row % 3) - 1) * PX_PER_MM,
      x0: (START_MM - 2) * PX_PER_MM,
      x1: 110 * PX_PER_MM,
    } as TraceRow;
  });
  return [ink, rows];
}

it.each([
  [10, 5.3],
  [10, 6],
  [20, 15],
  [20, 7],
  [5, 4],
])('tells pulses of %i mm in rows %d mm apart by the number of rungs, one leg missing', (heightMm, gapMm) => {
  const pulses = findPulseLadder(...page({ heightMm, gapMm }), PX_PER_MM);
  expect(pulses.map(({ row }) => row)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  for (const pulse of pulses) {
    expect(pulse.heightMm).toBe(heightMm);
    expect(pulse.side).toBe('left');
    expect(Math.abs(pulse.leftX / PX_PER_MM - START_MM)).toBeLessThan(0.5);
    expect(Math.abs(pulse.rightX / PX_PER_MM - START_MM - 5)).toBeLessThan(0.5);
  }
});

it('goes on over rungs that are lost inside', () => {
  const [ink, rows] = page({});
  for (const row of [3, 8]) {
    const y = Math.round((31.5 + 6 * row - 10) * PX_PER_MM);
    for (let at = y - 2; at <= y + 2; at++) {
      ink.data.fill(0, at * ink.width + 15 * PX_PER_MM, at * ink.width + 24.4 * PX_PER_MM);
    }
  }
  expect(findPulseLadder(ink, rows, PX_PER_MM)).toHaveLength(12);
});

it('finds none where rungs go on beyond the rows, as lines of the grid do, or have no leg', () => {
  const [ink, rows] = page({});
  expect(findPulseLadder(ink, rows.slice(0, 9), PX_PER_MM)).toEqual([]);
  expect(findPulseLadder(...page({ hasLegs: false }), PX_PER_MM)).toEqual([]);
});

it('leaves pulses that stand apart, and few rows, to others', () => {
  expect(findPulseLadder(...page({ gapMm: 18, heightMm: 10 }), PX_PER_MM)).toEqual([]);
  expect(findPulseLadder(...page({ count: 3 }), PX_PER_MM)).toEqual([]);
});
