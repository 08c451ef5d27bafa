import { expect, test } from 'vitest';
import { createRecentCache } from './recent-cache.ts';

test('what was not used for longest goes first, by weight', () => {
  const dropped: string[] = [];
  const cache = createRecentCache<number, string>({ limit: 10, onDrop: (value) => dropped.push(value) });
  cache.set(1, 'a', 4);
  cache.set(2, 'b', 4);
  expect(cache.get(1)).toBe('a');
  cache.set(3, 'c', 4);
  expect(dropped).toEqual(['b']);
  expect(cache.get(2)).toBeUndefined();
  expect(cache.size).toBe(2);
});

test('one entry above the limit is kept until another comes; replacing drops the old value', () => {
  const dropped: string[] = [];
  const cache = createRecentCache<number, string>({ limit: 10, onDrop: (value) => dropped.push(value) });
  cache.set(1, 'big', 50);
  expect(cache.get(1)).toBe('big');
  cache.set(1, 'small', 1);
  cache.clear();
  expect(dropped).toEqual(['big', 'small']);
});
