import { expect, test } from 'vitest';
import { pageDoubt } from './page-doubt.ts';

/** A lead that swings between two values. */
const lead = (trust: number | undefined, height: number, offset = 0) => ({
  trust,
  millivolts: Float32Array.from({ length: 200 }, (_, k) => offset + (k % 2 ? height : -height)),
});

test('doubt about a tall lead weighs more than about a flat one', () => {
  const tall = pageDoubt([lead(0.5, 1), lead(1, 0.5)], 1);
  const flat = pageDoubt([lead(1, 1), lead(0.5, 0.5)], 1);
  // Powers are 4 to 1; the floor of the noise is small beside them.
  expect(tall).toBeCloseTo(0.5 * 0.8 + 0.045 ** 2 / 0.625, 5);
  expect(flat).toBeCloseTo(0.5 * 0.2 + 0.045 ** 2 / 0.625, 5);
});

test('a page of flat leads is noisier, wherever they lie, and no more than doubtful', () => {
  expect(pageDoubt([lead(0.9, 0.1)], 1)).toBeGreaterThan(pageDoubt([lead(0.9, 0.2)], 1) + 0.1);
  expect(pageDoubt([lead(0.9, 0.1, 3)], 1)).toBeCloseTo(pageDoubt([lead(0.9, 0.1)], 1), 3);
  expect(pageDoubt([lead(0, 0.01)], 1)).toBe(1);
});

test('what is not known does not count', () => {
  const gap = lead(0.7, 1);
  gap.millivolts.fill(NaN, 50, 150);
  expect(pageDoubt([gap], 1)).toBeCloseTo(pageDoubt([lead(0.7, 1)], 1), 6);
});

test('leads that were not judged count with the page, which stands for all where there are none', () => {
  expect(pageDoubt([lead(undefined, 1)], 0.3)).toBeCloseTo(0.7 + 0.045 ** 2, 5);
  expect(pageDoubt([lead(0.9, 0)], 0.4)).toBe(0.6);
  expect(pageDoubt([], 0)).toBe(1);
});
