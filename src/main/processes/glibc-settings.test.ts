import { expect, test } from 'vitest';
import { glibcSettings } from './glibc-settings.ts';

test('the allocator is set up, beside what the environment says otherwise', () => {
  expect(glibcSettings({ HOME: '/h' }, { arena_max: 1, trim_threshold: 4096 })).toEqual({
    HOME: '/h',
    GLIBC_TUNABLES: 'glibc.malloc.arena_max=1:glibc.malloc.trim_threshold=4096',
  });
});

test.each(['GLIBC_TUNABLES', 'MALLOC_ARENA_MAX', 'MALLOC_MMAP_THRESHOLD_', 'MALLOC_TRIM_THRESHOLD_'])(
  'a setting of the user (%s) is left alone',
  (name) => {
    expect(glibcSettings({ [name]: '1' }, { arena_max: 1 })).toBeNull();
  },
);
