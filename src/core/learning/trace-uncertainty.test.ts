import { expect, test } from 'vitest';
import { traceUncertainty } from './trace-uncertainty.ts';

const planes = (...shares: number[]) => {
  const none = new Float32Array(shares.length);
  return { planes: { trace: Float32Array.from(shares), mark: none, text: none, grid: none } };
};

test.each([
  [[0, 0, 1, 1], 0],
  [[0, 0.5, 0.5, 0.001], 1],
  [[0.25, 1, 0, 0], 0.4056],
  [[0, 0, 0, 0], 1],
])('shares %j are uncertain by %f bits', (shares, bits) => {
  expect(traceUncertainty(planes(...shares))).toBeCloseTo(bits, 3);
});
