import { expect, test } from 'vitest';
import { mixParameters } from './mix-parameters.ts';

test('goes from one state to the other along a straight line, and changes neither', () => {
  const from = Float32Array.of(1, -2, 0.1);
  const to = Float32Array.of(3, -2, 0.7);
  expect([...mixParameters(from, to, 0.25)].map((value) => Number(value.toFixed(6)))).toEqual([
    1.5, -2, 0.25,
  ]);
  expect(mixParameters(from, to, 0)).toEqual(from);
  const whole = mixParameters(from, to, 1);
  expect(whole).toEqual(to);
  whole[0] = 9;
  expect([from[0], to[0]]).toEqual([1, 3]);
});
