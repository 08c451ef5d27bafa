import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../synthesis/random.ts';
import type { Raster } from '../image/raster.ts';
import { measureRuleRounding } from './measure-rule-rounding.ts';

const PX_PER_MM = 8;
const WIDTH = 200 * PX_PER_MM;

/** A flat page with a line every millimetre, each `lineOff(k)` millimetres right of its place, soft-edged, with noise. */
function page(lineOff: (k: number) => number, noise: number): Raster {
  const random = createRandom(7);
  const height = 60;
  const row = new Float64Array(WIDTH).fill(250);
  for (let k = 1; k < 200; k++) {
    const centre = (k + lineOff(k)) * PX_PER_MM;
    const depth = k % 5 === 0 ? 90 : 40;
    for (let x = Math.ceil(centre - 2); x <= centre + 2 && x < WIDTH; x++) {
      row[x]! -= depth * Math.max(0, 1 - Math.abs(x - centre) / 1.4);
    }
  }
  const data = new Uint8Array(WIDTH * height);
  for (let at = 0; at < data.length; at++) {
    data[at] = Math.max(0, Math.min(255, Math.round(row[at % WIDTH]! + noise * random.uniform(-0.5, 0.5))));
  }
  return { data, width: WIDTH, height, channels: 1 };
}

describe('measureRuleRounding', () => {
  it('finds the pixel to which lines were moved, whatever its size', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 5.1, max: 12.9, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (pixelsPerMm, phase) => {
          const share = pixelsPerMm - Math.floor(pixelsPerMm);
          // Whole numbers of pixels per millimetre leave no trace, fifths look like the heavy lines.
          fc.pre(Math.abs(share * 5 - Math.round(share * 5)) > 0.15);
          const off = (k: number) => (Math.round(pixelsPerMm * k + phase) - phase) / pixelsPerMm - k;
          const found = measureRuleRounding(page(off, 12), PX_PER_MM, 1 / pixelsPerMm);
          expect(found).not.toBeNull();
          expect(found! * pixelsPerMm).toBeGreaterThan(0.97);
          expect(found! * pixelsPerMm).toBeLessThan(1.03);
        },
      ),
      { numRuns: 25, seed: 11 },
    );
  });

  it('is silent about evenly spaced lines, bent paper and scattered ones', () => {
    const random = createRandom(3);
    expect(
      measureRuleRounding(
        page(() => 0, 12),
        PX_PER_MM,
        1 / 8,
      ),
    ).toBeNull();
    expect(
      measureRuleRounding(
        page((k) => 0.1 * Math.sin(k / 15), 12),
        PX_PER_MM,
        1 / 8,
      ),
    ).toBeNull();
    expect(
      measureRuleRounding(
        page(() => 0.12 * random.uniform(-0.5, 0.5), 12),
        PX_PER_MM,
        1 / 8,
      ),
    ).toBeNull();
  });

  it('is silent about paper without lines', () => {
    const blank: Raster = { data: new Uint8Array(800 * 60).fill(250), width: 800, height: 60, channels: 1 };
    expect(measureRuleRounding(blank, PX_PER_MM, 1 / 8)).toBeNull();
  });
});
