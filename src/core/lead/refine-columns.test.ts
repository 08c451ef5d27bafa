import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnEvidence } from './fit-columns.ts';
import { fitColumns } from './fit-columns.ts';
import { refineColumns } from './refine-columns.ts';

const PX_PER_MM = 8;

function evidence(origin: number, width: number, extra: readonly number[]): ColumnEvidence {
  const separator = (x: number) => ({ x, rows: [0, 1, 2], marks: [], quality: 1 });
  return {
    separators: [
      ...[1, 2, 3].map((k) => separator(origin + k * width)),
      ...extra.map((x) => ({ x, rows: [0, 1, 2, 3], marks: [], quality: 0.4 })),
    ],
    labels: [],
    x0: origin,
    x1: origin + 4 * width,
    freeLeft: true,
    freeRight: true,
    agreeLeft: 1,
    agreeRight: 1,
    divided: [true, true, true, false],
    pxPerMm: PX_PER_MM,
  };
}

describe('fitColumns and refineColumns', () => {
  it('place every boundary within 0.3 mm, with complexes that line up by chance', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 10, max: 120, noNaN: true }),
        fc.double({ min: 0.995, max: 1.005, noNaN: true }),
        fc.array(fc.double({ min: 20, max: 2000, noNaN: true }), { maxLength: 12 }),
        (origin, stretch, extra) => {
          const width = 62.5 * PX_PER_MM * stretch;
          const given = evidence(origin, width, extra);
          const fit = refineColumns(given, fitColumns(given, 4));
          for (let k = 0; k <= 4; k++) {
            const off = fit.origin + k * fit.width - (origin + k * width);
            expect(Math.abs(off) / PX_PER_MM).toBeLessThan(0.3);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
