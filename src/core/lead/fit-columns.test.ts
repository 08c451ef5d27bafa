import { expect, it } from 'vitest';
import { fitColumns, type ColumnEvidence, type ColumnMark } from './fit-columns.ts';

const PX_PER_MM = 8;
const CELL_PX = 62.5 * PX_PER_MM;
const X0 = 100;

/** Three rows of four columns with sure names `pitchPx` apart, and a trace of so many pixels whose ends all rows share. */
function evidence(pitchPx: number, tracePx: number, firstX = X0 + PX_PER_MM): ColumnEvidence {
  const labels = [0, 1, 2].flatMap((row) =>
    [0, 1, 2, 3].map((column): ColumnMark => {
      const byColumn = [0, 1, 2, 3].map((c) => (c === column ? 1 : 0));
      return { row, x: firstX + column * pitchPx, weight: 1, stray: 1, isSure: true, byColumn };
    }),
  );
  const ends = { freeLeft: true, freeRight: true, agreeLeft: 1, agreeRight: 1 };
  const divided = [true, true, true];
  return { separators: [], labels, x0: X0, x1: X0 + tracePx, ...ends, divided, pxPerMm: PX_PER_MM };
}

it('takes columns of the usual width from the names where an unknown pulse lengthens the rows', () => {
  const { origin, width } = fitColumns(evidence(CELL_PX, 4 * CELL_PX + 14 * PX_PER_MM), 4);
  expect(width).toBeCloseTo(CELL_PX, 6);
  expect(Math.abs(origin - X0)).toBeLessThan(1);
});

it('leaves names that drift against the columns out of account', () => {
  const { origin, width } = fitColumns(evidence(1.075 * CELL_PX, 4 * CELL_PX, X0 - 3.5 * PX_PER_MM), 4);
  expect(width).toBeCloseTo(CELL_PX, 6);
  expect(Math.abs(origin - X0)).toBeLessThan(1);
});

it('knows names that stand before their columns, but inside of the first one', () => {
  const before = evidence(CELL_PX, 4 * CELL_PX, X0 - 3.5 * PX_PER_MM);
  const labels = before.labels.map((mark) =>
    mark.byColumn[0] === 1 ? { ...mark, x: X0 + 1.5 * PX_PER_MM } : mark,
  );
  const fit = fitColumns({ ...before, labels }, 4);
  expect(fit.width).toBeCloseTo(CELL_PX, 6);
  expect(fit.labelled).toBeGreaterThan(0.8);
  expect(fit.firstLabelOffset).toBeCloseTo(1.5 * PX_PER_MM, 6);
  expect(fit.labelOffset).toBeCloseTo(-3.5 * PX_PER_MM, 6);
});
