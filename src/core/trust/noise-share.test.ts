import { expect, test } from 'vitest';
import { noiseShare } from './noise-share.ts';

/** A sine that changes as fast as lines that are read well do; `height` is its root mean square. */
const lead = (trust: number | undefined, height: number, offset = 0) => ({
  trust,
  fs: 500,
  millivolts: Float32Array.from(
    { length: 200 },
    (_, k) => offset + height * Math.SQRT2 * Math.sin((2 * Math.PI * k) / 12.5),
  ),
});

test('doubt about a tall lead weighs more than about a flat one', () => {
  const tall = noiseShare([lead(0.5, 1), lead(1, 0.5)], 1);
  const flat = noiseShare([lead(1, 1), lead(0.5, 0.5)], 1);
  // Powers are 4 to 1; the floor of the noise is small beside them.
  expect(tall).toBeCloseTo(0.5 * 0.8 + 0.045 ** 2 / 0.625, 2);
  expect(flat).toBeCloseTo(0.5 * 0.2 + 0.045 ** 2 / 0.625, 2);
});

test('a page of flat leads is noisier, wherever they lie, and no more than doubtful', () => {
  expect(noiseShare([lead(0.9, 0.1)], 1)).toBeGreaterThan(noiseShare([lead(0.9, 0.2)], 1) + 0.1);
  expect(noiseShare([lead(0.9, 0.1, 3)], 1)).toBeCloseTo(noiseShare([lead(0.9, 0.1)], 1), 3);
  expect(noiseShare([lead(0, 0.01)], 1)).toBe(1);
});

test('what is not known does not count', () => {
  const gap = lead(0.7, 1);
  gap.millivolts.fill(NaN, 50, 150);
  expect(noiseShare([gap], 1)).toBeCloseTo(noiseShare([lead(0.7, 1)], 1), 2);
});

test('leads that were not judged count with the page, which stands for all where there are none', () => {
  expect(noiseShare([lead(undefined, 1)], 0.3)).toBeCloseTo(0.7 + 0.045 ** 2, 2);
  expect(noiseShare([lead(0.9, 0)], 0.4)).toBe(0.6);
  expect(noiseShare([], 0)).toBe(1);
});

test('a jagged line is noisier than a smooth one, however finely it is sampled', () => {
  const smooth = lead(0.9, 1);
  const jagged = { ...smooth, millivolts: smooth.millivolts.map((value, k) => value + (k % 2 ? 0.3 : -0.3)) };
  expect(noiseShare([jagged], 1)).toBeGreaterThan(1.3 * noiseShare([smooth], 1));
  const finer = {
    ...smooth,
    fs: 1000,
    millivolts: Float32Array.from({ length: 400 }, (_, k) => Math.SQRT2 * Math.sin((2 * Math.PI * k) / 25)),
  };
  expect(noiseShare([finer], 1)).toBeCloseTo(noiseShare([smooth], 1), 2);
});
