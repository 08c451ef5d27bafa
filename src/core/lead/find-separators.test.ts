import { describe, expect, it } from 'vitest';
import { findSeparators } from './find-separators.ts';
import type { Upright } from './find-uprights.ts';
import type { TraceRow } from './trace-row.ts';

const PX_PER_MM = 8;
const BASELINES = [200, 400, 600, 800];

const rows = BASELINES.map((baselineY): TraceRow => ({
  baselineY,
  x0: 0,
  x1: 2000,
  tallShare: 0.1,
  coverage: 1,
  pathY: new Float32Array(0),
  onInk: new Uint8Array(0),
}));

const bar = (x: number, baseline: number, top = -28, bottom = 28, widthPx = 4): Upright => ({
  x,
  widthPx,
  y0: baseline + top,
  y1: baseline + bottom,
});

describe('findSeparators', () => {
  it('prefers marks of one size to complexes that line up beside them', () => {
    const marks = BASELINES.slice(0, 3).map((baseline) => bar(500, baseline));
    const complexes = BASELINES.map((baseline, k) => bar(488, baseline, -60 + k, 2 * k, 1));
    const [column, ...others] = findSeparators([...complexes, ...marks], rows, PX_PER_MM);
    expect(others).toEqual([]);
    expect(column!.x).toBe(500);
    expect(column!.rows).toEqual([0, 1, 2]);
  });

  it('finds ticks that stand high above the traces', () => {
    const ticks = BASELINES.slice(0, 3).map((baseline) => bar(500, baseline, -112, -97));
    const [column] = findSeparators(ticks, rows, PX_PER_MM);
    expect(column).toMatchObject({ x: 500, rows: [0, 1, 2] });
  });

  it('takes dashes above and below a trace together, but no complex between or beside them', () => {
    const dashes = BASELINES.flatMap((baseline) => [bar(500, baseline, -44, -9), bar(500, baseline, 19, 54)]);
    const beside = BASELINES.slice(1, 3).map((baseline) => bar(503.5, baseline, -47, -3));
    const [column] = findSeparators([...dashes, ...beside], rows, PX_PER_MM);
    expect(column!.marks).toHaveLength(8);
    expect(column!.marks.every((box) => box.x1 <= 504)).toBe(true);
  });

  it('finds the mark that a trace makes longer where the row has marks elsewhere', () => {
    const elsewhere = BASELINES.slice(0, 3).map((baseline) => bar(1000, baseline));
    const here = [bar(500, 200), bar(500, 400), bar(500, 600, -28, 36)];
    const column = findSeparators([...elsewhere, ...here], rows, PX_PER_MM).find(({ x }) => x === 500)!;
    expect(column.rows).toEqual([0, 1, 2]);
    const long = column.marks.find(({ y0 }) => y0 > 500)!;
    expect(long.y1 - long.y0).toBe(56);
  });
});
