import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WarpMap } from './rectification.ts';
import {
  canonicalPointsToImage,
  canonicalToImage,
  imagePointsToCanonical,
  imageToCanonical,
} from './warp-map.ts';

/** A turned, stretched and gently waving page. */
function wavyWarp(angle: number, stretch: number, wave: number): WarpMap {
  const columns = 12;
  const rows = 9;
  const stepPx = 40;
  const xs = new Float32Array(columns * rows);
  const ys = new Float32Array(columns * rows);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const x = stretch * i * stepPx + wave * Math.sin(j / 2);
      const y = j * stepPx + wave * Math.cos(i / 3);
      xs[j * columns + i] = 300 + x * Math.cos(angle) - y * Math.sin(angle);
      ys[j * columns + i] = 200 + x * Math.sin(angle) + y * Math.cos(angle);
    }
  }
  return { stepPx, columns, rows, xs, ys };
}

test('nodes map to their image pixels', () => {
  const warp = wavyWarp(0.2, 1.1, 3);
  expect(canonicalToImage(warp, 3 * 40, 5 * 40)).toEqual([warp.xs[5 * 12 + 3], warp.ys[5 * 12 + 3]]);
});

test('going to the image and back returns to the same canonical point', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: 0.7, max: 1.4, noNaN: true }),
      fc.double({ min: 0, max: 6, noNaN: true }),
      fc.double({ min: 1, max: 439, noNaN: true }),
      fc.double({ min: 1, max: 319, noNaN: true }),
      (angle, stretch, wave, x, y) => {
        const warp = wavyWarp(angle, stretch, wave);
        const [imageX, imageY] = canonicalToImage(warp, x, y);
        const [backX, backY] = imageToCanonical(warp, imageX, imageY);
        expect(backX).toBeCloseTo(x, 3);
        expect(backY).toBeCloseTo(y, 3);
      },
    ),
    { numRuns: 60 },
  );
});

test('batches agree with single points', () => {
  const warp = wavyWarp(0.1, 1, 4);
  const points = [10, 20, 200.5, 100.25, 430, 300];
  const image = canonicalPointsToImage(warp, points);
  expect([image[2], image[3]]).toEqual(canonicalToImage(warp, 200.5, 100.25));
  imagePointsToCanonical(warp, image).forEach((value, at) =>
    expect(value).toBeCloseTo(points[at] as number, 3),
  );
});
