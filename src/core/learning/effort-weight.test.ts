import fc from 'fast-check';
import { expect, test } from 'vitest';
import { effortWeight } from './effort-weight.ts';

test('grows with what a person did, within 1 and 2', () => {
  expect(effortWeight(0, 0)).toBe(1);
  expect(effortWeight(0, 9000)).toBe(1);
  expect(effortWeight(31, 450)).toBe(2);
  expect(effortWeight(3, 30)).toBeCloseTo(1 + (2 / 5 + 1 / 4) / 2, 10);
  fc.assert(
    fc.property(fc.nat(100_000), fc.nat(100_000), (edits, seconds) => {
      const weight = effortWeight(edits, seconds);
      expect(weight).toBeGreaterThanOrEqual(1);
      expect(weight).toBeLessThanOrEqual(2);
      expect(effortWeight(edits + 1, seconds)).toBeGreaterThanOrEqual(weight);
    }),
  );
});
