import { expect, test } from 'vitest';
import { rateWords } from './rate-words.ts';

test('the rate is that of the usual interval, whatever a premature beat does', () => {
  expect(rateWords([0.2, 1.0, 1.8, 2.2, 3.4, 4.2])).toBe('75 bpm · 6 beats');
  expect(rateWords([0.2, 1.0])).toBeNull();
});
