import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Raster } from '../../core/image/raster.ts';
import { blendLayer, createStrokeLayer, strokeLine, strokePath } from './stroke-layer.ts';

function white(width: number, height: number): Raster {
  return { data: new Uint8Array(width * height * 3).fill(255), width, height, channels: 3 };
}

describe('strokeLine', () => {
  it('covers a horizontal line of 2 px fully inside and half at the seam', () => {
    const layer = createStrokeLayer(9, 5);
    strokeLine(layer, 2, 2, 6, 2, 2);
    const column = [0, 1, 2, 3, 4].map((y) => layer.coverage[y * 9 + 4]!);
    expect(column).toEqual([0, 128, 255, 128, 0]);
    expect(layer.dirty).toEqual({ x0: 1, y0: 1, x1: 8, y1: 4 });
  });

  it('agrees with the distance to the segment wherever it points', () => {
    const coordinate = fc.double({ min: -10, max: 40, noNaN: true });
    fc.assert(
      fc.property(
        coordinate,
        coordinate,
        coordinate,
        coordinate,
        fc.double({ min: 0.5, max: 6, noNaN: true }),
        (ax, ay, bx, by, width) => {
          const layer = createStrokeLayer(30, 30);
          strokeLine(layer, ax, ay, bx, by, width);
          for (let y = 0; y < 30; y++) {
            for (let x = 0; x < 30; x++) {
              const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
              const along = length2 > 0 ? ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2 : 0;
              const t = Math.min(1, Math.max(0, along));
              const distance = Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
              const cover = Math.min(1, Math.max(0, width / 2 + 0.5 - distance));
              expect(Math.abs(layer.coverage[y * 30 + x]! / 255 - cover)).toBeLessThan(0.01);
            }
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('draws nothing for NaN and for what lies outside', () => {
    const layer = createStrokeLayer(4, 4);
    strokeLine(layer, NaN, 1, 2, 2, 1);
    strokeLine(layer, 1, 1, 2, NaN, 1);
    strokeLine(layer, -9, -9, -5, -5, 1);
    strokePath(layer, Float32Array.from([0, 0, NaN, NaN, 3, 3]), 1);
    expect(layer.coverage.every((value) => value === 0)).toBe(true);
  });
});

describe('blendLayer', () => {
  it('mixes colour by coverage and opacity, and empties the layer', () => {
    const picture = white(3, 3);
    const layer = createStrokeLayer(3, 3);
    strokeLine(layer, 1, 1, 1, 1, 1);
    blendLayer(picture, layer, [55, 255, 155], 0.5);
    expect([...picture.data.subarray(12, 15)]).toEqual([155, 255, 205]);
    expect([...picture.data.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect(layer.coverage.every((value) => value === 0)).toBe(true);
    expect(layer.dirty).toEqual({ x0: 3, y0: 3, x1: 0, y1: 0 });
  });
});
