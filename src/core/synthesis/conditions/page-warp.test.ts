import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { applyHomography, boxToQuad, invertHomography } from './homography.ts';
import { createPageWarp } from './page-warp.ts';

const flat = { width: 1650, height: 1275, pxPerMm: 5.9 };

describe('homography', () => {
  it('takes the corners of a box to the corners of a quad and back', () => {
    const quad = [
      [10, 20],
      [200, 5],
      [220, 160],
      [-5, 140],
    ] as const;
    const h = boxToQuad(100, 80, quad);
    expect(applyHomography(h, 0, 0)).toEqual([10, 20]);
    const [x, y] = applyHomography(h, 100, 80);
    expect([x, y]).toEqual([expect.closeTo(220, 9), expect.closeTo(160, 9)]);
    const [u, v] = applyHomography(invertHomography(h), 220, 160);
    expect([u, v]).toEqual([expect.closeTo(100, 9), expect.closeTo(80, 9)]);
  });
});

describe('createPageWarp', () => {
  it('is nothing for a page that stays as it is', () => {
    expect(createPageWarp(flat, { noise: 3, shadow: 0.5 }, createRandom(1))).toBeNull();
  });

  it('has an inverse on the whole page', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer({ min: 0, max: 1e6 }),
          x: fc.double({ min: 0, max: 1650, noNaN: true }),
          y: fc.double({ min: 0, max: 1275, noNaN: true }),
          rotationDegrees: fc.double({ min: -15, max: 15, noNaN: true }),
          perspective: fc.double({ min: 0, max: 0.12, noNaN: true }),
          curlMm: fc.double({ min: 0, max: 4, noNaN: true }),
          creases: fc.integer({ min: 0, max: 3 }),
        }),
        ({ seed, x, y, ...conditions }) => {
          const warp = createPageWarp(
            flat,
            { ...conditions, surround: { share: 0.05, colour: [0, 0, 0] } },
            createRandom(seed),
          )!;
          const [ix, iy] = warp.toImage(x, y);
          const [u, v] = warp.toFlat(ix, iy);
          expect(Math.hypot(u - x, v - y)).toBeLessThan(0.02);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('turns clockwise for positive angles', () => {
    const warp = createPageWarp(flat, { rotationDegrees: 10 }, createRandom(1))!;
    const [leftX, leftY] = warp.toImage(100, 637);
    const [rightX, rightY] = warp.toImage(1500, 637);
    expect((Math.atan2(rightY - leftY, rightX - leftX) * 180) / Math.PI).toBeCloseTo(10, 6);
  });
});
