import { describe, expect, it } from 'vitest';
import type { ColumnFit } from './fit-columns.ts';
import { settleOnGrid } from './settle-on-grid.ts';

const fit = (originMm: number, widthMm: number): ColumnFit => ({
  count: 4,
  origin: originMm * 8,
  width: widthMm * 8,
  score: 1,
  separated: 1,
  labelled: 1,
  firstLabelOffset: 0,
  labelOffset: 0,
});

describe('settleOnGrid', () => {
  it('puts drawn columns half a pixel left of the nearest half millimetre, with their usual width', () => {
    const settled = settleOnGrid(fit(14.98, 62.51), 0.127, 8);
    expect(settled.origin / 8).toBeCloseTo(15 - 0.0635, 6);
    expect(settled.width / 8).toBeCloseTo(62.5, 6);
  });

  it('leaves columns alone that are far from such a place, of an unusual width, or not drawn', () => {
    for (const [given, pixelMm] of [
      [fit(15.2, 62.5), 0.127],
      [fit(15, 63.1), 0.127],
      [fit(15, 62.5), null],
    ] as const) {
      expect(settleOnGrid(given, pixelMm, 8)).toBe(given);
    }
  });
});
