import { expect, test } from 'vitest';
import { EMPTY_FILTER, filterQuery, isFiltering } from './queue-filter.ts';

test('only what narrows the list goes into the query', () => {
  expect(filterQuery({ ...EMPTY_FILTER, search: '  ward ', folderId: 0 })).toEqual({
    search: 'ward',
    folderId: 0,
    sort: 'name',
    descending: 'false',
  });
});

test('the order hides nothing', () => {
  expect(isFiltering({ ...EMPTY_FILTER, sort: 'confidence', descending: true })).toBe(false);
  expect(isFiltering({ ...EMPTY_FILTER, search: '  ' })).toBe(false);
  expect(isFiltering({ ...EMPTY_FILTER, status: 'failed' })).toBe(true);
});
