import { describe, expect, it } from 'vitest';
import { paintStrokes, type CoveragePlane } from './paint-strokes.ts';

const plane = (width: number, height: number): CoveragePlane => ({
  data: new Uint8Array(width * height),
  width,
  height,
});
const scale = { pxPerMmX: 1, pxPerMmY: 1 };

describe('paintStrokes', () => {
  it('covers whole pixels under a level stroke two pixels wide', () => {
    const p = plane(5, 4);
    // Millimetre 2 is the edge between rows 1 and 2.
    paintStrokes(p, [Float32Array.of(0, 2, 5, 2)], scale, { widthMm: 2, softnessPx: 1 });
    expect([...p.data.subarray(5, 15)]).toEqual(new Array(10).fill(255));
    expect([...p.data.subarray(0, 5), ...p.data.subarray(15)]).toEqual(new Array(10).fill(0));
  });

  it('keeps the mass of the stroke wherever it lies between pixels', () => {
    for (const y of [3, 3.2, 3.5, 3.9]) {
      const p = plane(3, 8);
      paintStrokes(p, [Float32Array.of(-5, y, 8, y)], scale, { widthMm: 1.5, softnessPx: 1 });
      let mass = 0;
      for (let row = 0; row < 8; row++) mass += p.data[row * 3 + 1]!;
      expect(mass / 255).toBeCloseTo(1.5, 1);
    }
  });

  it('draws a dot for a chain of equal points and ignores what is off the plane', () => {
    const p = plane(5, 5);
    paintStrokes(p, [Float32Array.of(2.5, 2.5, 2.5, 2.5), Float32Array.of(-9, -9, -8, -8)], scale, {
      widthMm: 1,
      softnessPx: 1,
    });
    expect(p.data[2 * 5 + 2]).toBe(255);
    expect(p.data.reduce((a, b) => a + b, 0)).toBeLessThan(255 * 2);
  });
});
