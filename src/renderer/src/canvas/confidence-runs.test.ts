import { expect, test } from 'vitest';
import { confidenceRuns } from './confidence-runs.ts';

test('samples are put on levels, and stretches without a value are left out', () => {
  const confidence = [1, 0.9, 0.7, 0.7, 0.2, 0.2, 0.5];
  const millivolts = [0, 0, 0, 0, Number.NaN, 0, 0];
  expect(confidenceRuns(confidence, millivolts)).toEqual([
    { level: 5, from: 0, to: 1 },
    { level: 4, from: 1, to: 2 },
    { level: 3, from: 2, to: 4 },
    { level: 0, from: 5, to: 6 },
    { level: 2, from: 6, to: 7 },
  ]);
});

test('an empty signal has no stretch', () => {
  expect(confidenceRuns([], [])).toEqual([]);
});
