import { expect, it } from 'vitest';
import { blankRaster, drawTrace } from '../../../tests/fixtures/draw-trace.ts';
import { findRows } from './find-rows.ts';
import { findInkComponents } from './ink-components.ts';
import { makeTraceGrid } from './trace-grid.ts';

const PX_PER_MM = 8;
const WIDTH_MM = 150;

/** Rows of beats `gapMm` apart, the first 20 mm from the top, that wander by half a millimetre. */
function rowsAt(count: number, gapMm: number): number[] {
  const ink = blankRaster(WIDTH_MM * PX_PER_MM, Math.round((40 + count * gapMm) * PX_PER_MM));
  for (let row = 0; row < count; row++) {
    const points: [number, number][] = [];
    const y = (mm: number, at: number): number =>
      (20 + row * gapMm - mm + 0.5 * Math.sin(at / 25 + row)) * PX_PER_MM;
    for (let mm = 5; mm < WIDTH_MM - 5; mm += 0.5) {
      const beat = (mm + 3) % 20;
      const height = beat === 0 ? 6 : beat === 0.5 ? -1.5 : beat > 4 && beat < 8 ? 1 : 0;
      points.push([mm * PX_PER_MM, y(height, mm)]);
    }
    drawTrace(ink, points, 3);
  }
  const components = findInkComponents(ink, 0.4);
  const grid = makeTraceGrid(components, ink.width, ink.height, PX_PER_MM);
  return findRows(grid).map(({ baselineY }) => baselineY / PX_PER_MM);
}

it.each([
  [3, 30],
  [6, 12],
  [12, 9],
  [12, 5.5],
])('finds %i rows %d mm apart', (count, gapMm) => {
  const found = rowsAt(count, gapMm);
  expect(found).toHaveLength(count);
  found.forEach((y, row) => expect(Math.abs(y - 20 - row * gapMm)).toBeLessThan(1));
});
