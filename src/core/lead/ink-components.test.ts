import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInkComponents } from './ink-components.ts';

function raster(rows: readonly string[]) {
  const width = rows[0].length;
  const data = Float32Array.from(rows.join(''), (c) => (c === '#' ? 1 : 0));
  return { data, width, height: rows.length };
}

describe('findInkComponents', () => {
  it('joins the arms of a U and keeps other ink apart', () => {
    const found = findInkComponents(raster(['#..#..', '#..#.#', '####..', '.....#']), 0.5);
    expect(found.count).toBe(3);
    expect([found.x0[0], found.y0[0], found.x1[0], found.y1[0], found.area[0]]).toEqual([0, 0, 4, 3, 8]);
  });

  it('joins diagonals', () => {
    expect(findInkComponents(raster(['#.', '.#']), 0.5).count).toBe(1);
  });

  it('accounts for every inked pixel once', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 48, maxLength: 48 }), (bits) => {
        const data = Float32Array.from(bits, (b) => (b ? 0.9 : 0.1));
        const found = findInkComponents({ data, width: 8, height: 6 }, 0.5);
        expect(found.area.reduce((sum, a) => sum + a, 0)).toBe(bits.filter(Boolean).length);
      }),
    );
  });
});
