import { expect, it } from 'vitest';
import { medianOf } from './median-of.ts';

it('takes the middle of the finite values', () => {
  expect(medianOf(Float32Array.of(3, Number.NaN, 1, 2))).toBe(2);
  expect(medianOf(Float32Array.of(4, 1, 2, 3))).toBe(2.5);
});

it('is NaN when there is nothing', () => {
  expect(medianOf(Float32Array.of(Number.NaN))).toBeNaN();
});
