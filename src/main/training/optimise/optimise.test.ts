import { describe, expect, test } from 'vitest';
import { adamW } from './adam-w.ts';
import { learningRate } from './learning-rate.ts';
import { freshState } from './training-state.ts';

const OPTIONS = { rate: 0.1, clip: 1, decay: 0, decays: new Uint8Array(2), averageDecay: 0.9 };

describe('adamW', () => {
  test('moves by the rate at first, whatever the gradient', () => {
    const state = freshState(Float32Array.of(1, 1));
    adamW(state, Float32Array.of(0.5, -0.002), OPTIONS);
    expect(state.parameters[0]).toBeCloseTo(0.9, 5);
    expect(state.parameters[1]).toBeCloseTo(1.1, 4);
    expect(state.step).toBe(1);
  });

  test('follows the published update with clipping and decay', () => {
    const state = freshState(Float32Array.of(2, -3));
    const options = { ...OPTIONS, decay: 0.5, decays: Uint8Array.of(1, 0) };
    expect(adamW(state, Float32Array.of(3, 4), options)).toBe(5);
    adamW(state, Float32Array.of(0.1, 0), options);
    // By hand: clipped gradients (0.6, 0.8), then (0.1, 0).
    const m = [0.9 * 0.06 + 0.01, 0.9 * 0.08];
    const v = [0.999 * 0.00036 + 0.00001, 0.999 * 0.00064];
    const first = [2 - 0.1 * (1 + 0.5 * 2), -3 - 0.1];
    const second = [0, 1].map((k) => m[k]! / (1 - 0.81) / Math.sqrt(v[k]! / (1 - 0.999 ** 2)));
    expect(state.parameters[0]).toBeCloseTo(first[0]! - 0.1 * (second[0]! + 0.5 * first[0]!), 4);
    expect(state.parameters[1]).toBeCloseTo(first[1]! - 0.1 * second[1]!, 4);
  });

  test('finds the bottom of a parabola, and the average follows', () => {
    const state = freshState(Float32Array.of(4, -4));
    for (let k = 0; k < 600; k++) {
      const [x, y] = state.parameters as unknown as [number, number];
      adamW(state, Float32Array.of(2 * (x - 1), 2 * (y - 2)), { ...OPTIONS, rate: k < 400 ? 0.1 : 0.01 });
    }
    expect(state.average[0]).toBeCloseTo(1, 2);
    expect(state.average[1]).toBeCloseTo(2, 2);
  });

  test('leaves everything as it is when the gradient is not finite', () => {
    const state = freshState(Float32Array.of(1, 2));
    adamW(state, Float32Array.of(NaN, 1), OPTIONS);
    expect([...state.parameters, state.skipped, state.step]).toEqual([1, 2, 1, 1]);
  });
});

test('the rate grows, then falls along a cosine to its end', () => {
  const options = { peak: 1, warmupSteps: 10, steps: 110 };
  expect(learningRate(0, options)).toBe(0.1);
  expect(learningRate(9, options)).toBe(1);
  expect(learningRate(60, options)).toBeCloseTo(0.51, 6);
  expect(learningRate(110, options)).toBeCloseTo(0.02, 6);
  expect(learningRate(500, options)).toBeCloseTo(0.02, 6);
});
