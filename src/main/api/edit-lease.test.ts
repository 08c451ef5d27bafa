import { expect, test } from 'vitest';
import { createEditLease } from './edit-lease.ts';

test('one window corrects; another one is refused until the first falls silent or is relieved', () => {
  let at = 0;
  const holders: (string | null)[] = [];
  const lease = createEditLease(
    () => at,
    (holder) => holders.push(holder),
  );
  expect(lease.hold('a', false)).toBe(true);
  expect(lease.hold('b', false)).toBe(false);
  expect(() => lease.expect('b')).toThrow(/another window/);
  at = 10_000;
  lease.expect('a');
  at = 20_000;
  expect(lease.hold('b', false)).toBe(false);
  expect(lease.hold('b', true)).toBe(true);
  expect(() => lease.expect('a')).toThrow(/another window/);
  at = 40_000;
  expect(lease.hold('a', false)).toBe(true);
  lease.release('b');
  lease.release('a');
  expect(lease.hold('c', false)).toBe(true);
  expect(holders).toEqual(['a', 'b', 'a', null, 'c']);
});
