import { expect, test } from 'vitest';
import { differenceCurve } from './difference-curve.ts';

const signal = (fs: number, startSeconds: number, ...values: number[]) => ({
  fs,
  startSeconds,
  millivolts: Float32Array.from(values),
});

test('the known signal is read between its samples, on the page’s clock', () => {
  const known = { millivolts: [0, 1, 2], fs: 100, startSeconds: 0 };
  expect([...differenceCurve(signal(200, 0, 1, 1.5, 1), known)]).toEqual([1, 1, 0]);
  expect([...differenceCurve(signal(100, 0.01, 1, 3), known)]).toEqual([0, 1]);
});

test('nothing is said where either signal is unknown', () => {
  const known = { millivolts: [0, Number.NaN, 2], fs: 100, startSeconds: 1 };
  const found = differenceCurve(signal(100, 0.99, 5, 5, 5, Number.NaN, 5), known);
  expect([...found]).toEqual([Number.NaN, 5, Number.NaN, Number.NaN, Number.NaN]);
});
