import { expect, test } from 'vitest';
import { createRandom } from '../synthesis/random.ts';
import { choosePages } from './choose-pages.ts';

const pages = [0.1, 0.9, 0.5, 0.5].map((uncertainty, id) => ({
  id,
  uncertainty,
  attention: 1 - uncertainty,
}));

test('the most uncertain, or what deserves most attention, comes first', () => {
  expect(choosePages(pages, 2, 'uncertainty', createRandom(1))[0]).toBe(1);
  expect(choosePages(pages, 1, 'attention', createRandom(1))).toEqual([0]);
  expect(new Set(choosePages(pages, 9, 'random', createRandom(1)))).toEqual(new Set([0, 1, 2, 3]));
});

test('chance draws every page about as often, and decides among equals', () => {
  const counts = [0, 0, 0, 0];
  const second = new Set<number>();
  for (let seed = 0; seed < 400; seed++) {
    for (const id of choosePages(pages, 1, 'random', createRandom(seed))) counts[id]!++;
    second.add(choosePages(pages, 2, 'uncertainty', createRandom(seed))[1]!);
  }
  for (const count of counts) expect(count).toBeGreaterThan(70);
  expect(second).toEqual(new Set([2, 3]));
});
