import { expect, test } from 'vitest';
import { findCombPair, trackComb, type SpectrumPeaks } from './find-comb.ts';

const SIZE = 256;

/** Maxima of the given heights on the axes: `[harmonic frequency, height]`, the same across and down. */
function peaksOnAxes(maxima: readonly (readonly [number, number])[]): SpectrumPeaks {
  const heights = new Float32Array(SIZE * SIZE);
  const offsetsX = new Float32Array(SIZE * SIZE);
  const offsetsY = new Float32Array(SIZE * SIZE);
  for (const [frequency, height] of maxima) {
    const bin = Math.round(frequency);
    for (const at of [bin, bin * SIZE]) heights[at] = height;
    offsetsX[bin] = frequency - bin;
    offsetsY[bin * SIZE] = frequency - bin;
  }
  return { size: SIZE, heights, offsetsX, offsetsY };
}

test('findCombPair takes the towering lines, not an echo of theirs that chance maxima support', () => {
  const peaks = peaksOnAxes([
    [82.2, 400],
    [91.6, 170],
    [18.3, 9],
    [36.6, 8],
    [55, 9],
  ]);
  expect(findCombPair(peaks)!.across.kx).toBeCloseTo(82.2, 1);
});

test.each([10, 15])('the 5-mm lines are kept where harmonic %i towers over all', (k) => {
  const maxima = [1, 2, 3, 4, 6, 7].map((low) => [7.88 * low, 12] as const);
  const peaks = peaksOnAxes([...maxima, [39.4, 60], [78.8, 50], [7.88 * k, 180]]);
  expect(findCombPair(peaks)!.across.kx).toBeCloseTo(7.88, 1);
});

test('lines that are alike only every second time, rounded to whole pixels in turn, are lines all the same', () => {
  const lines = [1, 2, 3, 4, 5, 6].map((k) => [17.36 * k, 110] as const);
  const turns = [1, 3, 5, 7, 9, 11].map((k) => [8.68 * k, 13] as const);
  const pair = findCombPair(peaksOnAxes([...lines, ...turns]))!;
  expect(pair.across.kx).toBeCloseTo(17.36, 1);
  expect(pair.down.ky).toBeCloseTo(17.36, 1);
});

test('thin lines of which shade hides the lower harmonics keep their spacing', () => {
  const heights = [9, 14, 28, 19, 6, 6, 4, 4];
  const pair = findCombPair(peaksOnAxes(heights.map((height, at) => [11.75 * (at + 1), height] as const)))!;
  expect(pair.across.kx).toBeCloseTo(11.75, 1);
  expect(pair.down.ky).toBeCloseTo(11.75, 1);
});

test('lines every second of which shows a little more are no pair of thin ones', () => {
  const heights = [8, 10, 12, 22, 14, 26, 15, 24, 14, 25, 11, 16];
  const pair = findCombPair(peaksOnAxes(heights.map((height, at) => [8.68 * (at + 1), height] as const)))!;
  expect(pair.across.kx).toBeCloseTo(17.36, 1);
});

test('trackComb stays with its neighbours where ink makes a slightly better comb elsewhere', () => {
  const own = [1, 2, 3, 5].map((k) => [8.46 * k, 10] as const);
  const ink = [1, 2, 3, 4, 5].map((k) => [7.9 * k, 10] as const);
  const tracked = trackComb(peaksOnAxes([...own, ...ink]), { kx: 8.46, ky: 0 }, 1);
  expect(tracked.kx).toBeCloseTo(8.46, 1);
});
