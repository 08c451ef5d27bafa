import { expect, test } from 'vitest';
import { createRandom } from '../synthesis/random.ts';
import { pairedBootstrap } from './paired-bootstrap.ts';

test('covers the true mean about as often as it says', () => {
  const random = createRandom(5);
  let covered = 0;
  for (let run = 0; run < 200; run++) {
    const sample = Array.from({ length: 30 }, () => random.normal(0.5, 1));
    const { mean, low, high } = pairedBootstrap(sample, random.fork(`${run}`), { draws: 400 });
    expect(low).toBeLessThanOrEqual(mean);
    expect(high).toBeGreaterThanOrEqual(mean);
    if (low <= 0.5 && high >= 0.5) covered++;
  }
  expect(covered / 200).toBeGreaterThan(0.88);
  expect(covered / 200).toBeLessThan(0.99);
});

test('one page is its own interval, the same seed gives the same, and none has no mean', () => {
  expect(pairedBootstrap([1.5], createRandom(1))).toEqual({ mean: 1.5, low: 1.5, high: 1.5 });
  const again = () => pairedBootstrap([1, 2, -1, 0.5], createRandom(9));
  expect(again()).toEqual(again());
  expect(() => pairedBootstrap([], createRandom(1))).toThrow(RangeError);
});
