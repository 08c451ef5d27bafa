import { expect, test } from 'vitest';
import { createPageClock } from './page-clock.ts';

test('work counts, a long pause only in part, and what was taken is not counted again', () => {
  let at = 0;
  const clock = createPageClock(() => at);
  at = 4000;
  clock.touch();
  at = 9000;
  expect(clock.take()).toBe(9000);
  at += 600_000;
  expect(clock.take()).toBe(30_000);
  expect(clock.take()).toBe(0);
});
