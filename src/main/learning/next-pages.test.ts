import { expect, test } from 'vitest';
import type { PageSummary } from '../../shared/api/page-record.ts';
import { nextPages } from './next-pages.ts';

const DAY_MS = 86_400_000;

function page(
  id: number,
  confidence: number | null,
  state: PageSummary['review']['state'] = 'open',
  days = 0,
): PageSummary {
  const row = { id, confidence, addedAt: -days * DAY_MS, review: { state } };
  const attention = confidence === null ? null : { score: 0.2, words: 'Trust' };
  return { ...row, attention } as PageSummary;
}

test('read and open pages come first, then those not read, then those decided on', () => {
  const pages = [
    page(1, 0.9, 'accepted'),
    page(2, null),
    page(3, 0.8),
    page(4, 0.2),
    page(5, 0.1, 'rejected'),
  ];
  const { ids, words } = nextPages(pages, new Map(), 'combined', 0);
  expect(ids).toEqual([4, 3, 2, 1, 5]);
  expect(Object.keys(words)).toEqual(['3', '4']);
  expect(words['4']).toContain('Trust 20 %');
});

test('a style that an accepted page has is nothing new, that of a rejected one is', () => {
  const pages = [page(1, 0.9, 'accepted'), page(2, 0.9, 'rejected'), page(3, 0.5), page(4, 0.5)];
  const styles = new Map([
    [1, [0, 0]],
    [2, [3, 3]],
    [3, [0, 0.1]],
    [4, [3, 3.1]],
  ]);
  const { ids, words } = nextPages(pages, styles, 'combined', 0);
  expect(ids.slice(0, 2)).toEqual([4, 3]);
  expect(words['4']).toContain('A new style');
  expect(words['3']).not.toContain('style');
});

test('strategies differ, and the waiting is counted in days', () => {
  const pages = [page(1, 0.3, 'open', 1), page(2, 0.6, 'open', 12)];
  expect(nextPages(pages, new Map(), 'uncertainty', 0).ids).toEqual([1, 2]);
  const { ids, words } = nextPages(pages, new Map(), 'age', 0);
  expect(ids).toEqual([2, 1]);
  expect(words).toEqual({ '1': 'Waits for a day', '2': 'Waits for 12 days' });
});
