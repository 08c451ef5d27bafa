import fc from 'fast-check';
import { expect, test } from 'vitest';
import { confidenceLevel, levelsAlong, LEVELS, NO_LEVEL } from './confidence-levels.ts';

test('levels rise with confidence, and the limits belong to the better one', () => {
  expect([0, 0.29, 0.3, 0.5, 0.69, 0.7, 0.9, 0.95, 1].map(confidenceLevel)).toEqual([
    0, 0, 1, 2, 2, 3, 4, 5, 5,
  ]);
});

test('one doubtful point is seen around it, gaps have no level', () => {
  const confidence = Float32Array.of(1, 1, 1, 0.4, 1, 1, 1, 0, 1);
  const ys = Float32Array.of(0, 0, 0, 0, 0, Number.NaN, 0, Number.NaN, 0);
  expect([...levelsAlong(confidence, ys)]).toEqual([5, 1, 1, 1, 1, NO_LEVEL, 5, NO_LEVEL, 5]);
});

test('no point is shown surer than it is, and none worse than a point near it', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { maxLength: 60 }), (values) => {
      const confidence = Float32Array.from(values);
      const levels = levelsAlong(confidence, new Float32Array(values.length));
      levels.forEach((level, i) => {
        const near = [...confidence.subarray(Math.max(0, i - 2), i + 3)].map(confidenceLevel);
        expect(level).toBe(Math.min(...near));
        expect(level).toBeLessThan(LEVELS);
      });
    }),
  );
});
