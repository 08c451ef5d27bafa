import { describe, expect, it } from 'vitest';
import { fillGaps } from './fill-gaps.ts';

const NAN = Number.NaN;
const limits = (baselineY: number, inkEnd = NAN) => ({ baselineY, inkEnd: () => inkEnd });
const filled = (line: number[], of = limits(0)) => [...fillGaps(Float64Array.from(line), 1, of)];

describe('fillGaps', () => {
  it('bridges gaps straight and holds level ends', () => {
    expect(filled([NAN, 5, 5, NAN, NAN, 8, 8, NAN])).toEqual([5, 5, 5, 6, 7, 8, 8, 8]);
  });

  it('lets a cut flank go on to the baseline and no further', () => {
    expect(filled([NAN, NAN, 20, 14, 10], limits(29))).toEqual([29, 26, 20, 14, 10]);
    expect(filled([10, 14, 20, NAN, NAN], limits(29))).toEqual([10, 14, 20, 26, 29]);
  });

  it('lets a flank that leads away from the baseline go as far as ink shows', () => {
    expect(filled([NAN, 20, 26, 30], limits(40, 17))).toEqual([17, 20, 26, 30]);
    expect(filled([NAN, 20, 26, 30], limits(40, 20))).toEqual([20, 20, 26, 30]);
  });

  it('follows a flank for a few columns only', () => {
    expect(filled([NAN, NAN, NAN, NAN, NAN, 20, 18], limits(90))).toEqual([26, 26, 26, 24, 22, 20, 18]);
  });

  it('takes a single sample between gaps for no flank', () => {
    expect(filled([NAN, 20, NAN, 30, 30], limits(90))).toEqual([20, 20, 25, 30, 30]);
  });
});
