import { describe, expect, it } from 'vitest';
import { PINK_GRID } from './page-options.ts';
import { paintGrid } from './paint-grid.ts';

const box = { x0: 0, y0: 0, x1: 12, y1: 12 };
const scale = { pxPerMmX: 10, pxPerMmY: 10 };
const style = { ...PINK_GRID, minorMm: 0.1, majorMm: 0.2 };

describe('paintGrid', () => {
  it('covers exactly the area of its lines', () => {
    const { minor, major } = paintGrid(120, 120, box, style, scale);
    const row = (plane: { data: Uint8Array }, y: number) => [
      ...plane.data.subarray(120 * y + 95, 120 * y + 106),
    ];
    // A fine line 1 px wide about x = 100 covers half of pixels 99 and 100; a strong one 2 px wide both.
    expect(row(minor, 35)).toEqual([0, 0, 0, 0, 127, 127, 0, 0, 0, 0, 0]);
    expect(row(major, 35)).toEqual([0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 0]);
  });

  it('leaves dots only where dotted lines cross', () => {
    const { minor, major } = paintGrid(120, 120, box, { ...style, minor: 'dot', major: 'dotted' }, scale);
    expect(minor.data[35 * 120 + 100]).toBe(0);
    expect(minor.data[30 * 120 + 100]).toBeGreaterThan(0);
    expect(major.data[35 * 120 + 100]).toBe(0);
    expect(major.data[30 * 120 + 100]).toBe(255);
  });

  it('stays inside its border', () => {
    const inner = { x0: 3, y0: 3, x1: 9, y1: 9 };
    const { minor } = paintGrid(120, 120, inner, style, scale);
    expect(minor.data[40 * 120 + 10]).toBe(0);
    expect(minor.data[40 * 120 + 60]).toBeGreaterThan(0);
  });
});
