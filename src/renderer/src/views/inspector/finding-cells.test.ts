import { expect, test } from 'vitest';
import { findingCells } from './finding-cells.ts';

const cells = [
  { id: 'short', lead: 'II', startSeconds: 0, endSeconds: 2.5 },
  { id: 'rhythm', lead: 'II', startSeconds: 0, endSeconds: 10 },
  { id: 'v1', lead: 'V1', startSeconds: 5, endSeconds: 7.5 },
] as const;

test('a finding points at the cells of its leads that cover its time', () => {
  expect(findingCells({ leads: ['II'], startSeconds: 1, endSeconds: 2 }, cells)).toEqual(['short', 'rhythm']);
  expect(findingCells({ leads: ['II'], startSeconds: 6, endSeconds: null }, cells)).toEqual(['rhythm']);
  expect(findingCells({ leads: ['V1'], startSeconds: 0, endSeconds: 1 }, cells)).toEqual(['v1']);
});

test('without a time all cells of its leads, without leads the whole page', () => {
  expect(findingCells({ leads: ['II'], startSeconds: null, endSeconds: null }, cells)).toEqual([
    'short',
    'rhythm',
  ]);
  expect(findingCells({ leads: [], startSeconds: null, endSeconds: null }, cells)).toHaveLength(3);
});
