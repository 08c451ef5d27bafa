import { expect, it } from 'vitest';
import { rowLevel } from './row-level.ts';
import type { TraceRow } from './trace-row.ts';

const CELL_PX = 3;
const PX_PER_MM = 6;

function row(baselineY: number, rise: number, wander = 0): TraceRow {
  const pathY = Float32Array.from(
    { length: 400 },
    (_, x) => baselineY + rise * (x / 400 - 0.5) + wander * Math.sin(x),
  );
  return {
    baselineY,
    x0: 0,
    x1: 1200,
    coverage: 1,
    tallShare: 0.1,
    pathY,
    onInk: new Uint8Array(400).fill(1),
  };
}

it('follows rows that all lie slanted', () => {
  const level = rowLevel([row(200, 60), row(300, 50), row(400, 40)], CELL_PX, PX_PER_MM);
  expect(level(0, 0)).toBeCloseTo(170, 0);
  expect(level(0, 1200)).toBeCloseTo(230, 0);
  expect(level(2, 600)).toBeCloseTo(400, 0);
});

it('takes the wander of a single row for no slant', () => {
  const level = rowLevel([row(200, 60), row(300, 2, 1), row(400, 0)], CELL_PX, PX_PER_MM);
  expect(level(0, 0)).toBe(200);
});
