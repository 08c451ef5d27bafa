import { expect, test } from 'vitest';
import { attentionInProject } from './attention-in-project.ts';

const own = { score: 0.1, words: 'Trust 90 %' };
const usual = { pageId: 1, kind: '3x4, colour', others: 100, alike: 80 };

test('a page like the others is what its reading says', () => {
  expect(attentionInProject(own, usual)).toEqual(own);
});

test('a rare kind of page deserves eyes once there are pages to compare with', () => {
  expect(attentionInProject(own, { ...usual, kind: '12x1, gray', alike: 4 })).toEqual({
    score: 0.5,
    words: 'Rare here: 12x1, gray (5 of 101 pages)',
  });
  expect(attentionInProject(own, { ...usual, alike: 6 })).toEqual(own);
  expect(attentionInProject(own, { ...usual, others: 19, alike: 0 })).toEqual(own);
  const grave = { score: 0.95, words: 'Not traced: V3' };
  expect(attentionInProject(grave, { ...usual, alike: 0 })).toEqual(grave);
});

test('one page in 25 is checked at random, the same each time', () => {
  const ids = Array.from({ length: 10_000 }, (_, i) => i + 1);
  const checked = ids.filter(
    (pageId) => attentionInProject(own, { ...usual, pageId }).words === 'Random check',
  );
  expect(checked.length).toBeGreaterThan(320);
  expect(checked.length).toBeLessThan(480);
  const gaps = checked.slice(1).map((id, i) => id - checked[i]!);
  expect(new Set(gaps).size).toBeGreaterThan(1);
});
