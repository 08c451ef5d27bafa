import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STRATEGIES } from '../../shared/learning-strategy.ts';
import { createRandom } from '../synthesis/random.ts';
import { rankPages, type OpenPage } from './rank-pages.ts';

const page = (id: number, more: Partial<OpenPage> = {}): OpenPage => ({
  id,
  uncertainty: 0.5,
  attention: 0.2,
  attentionWords: 'Trust 50 %',
  style: [0, 0],
  waitedDays: 0,
  ...more,
});
const ids = (...args: Parameters<typeof rankPages>) => rankPages(...args).map(({ id }) => id);

test('every strategy lists every page once, the same for the same seed', () => {
  const anyPage = fc.record({
    uncertainty: fc.double({ min: 0, max: 1, noNaN: true }),
    attention: fc.double({ min: 0, max: 1, noNaN: true }),
    style: fc.option(
      fc.tuple(fc.float({ min: 0, max: 3, noNaN: true }), fc.float({ min: 0, max: 3, noNaN: true })),
      {
        nil: null,
      },
    ),
    waitedDays: fc.nat(400),
  });
  fc.assert(
    fc.property(
      fc.array(anyPage, { maxLength: 130 }),
      fc.constantFrom(...STRATEGIES),
      fc.nat(),
      (list, strategy, seed) => {
        const pages = list.map((one, id): OpenPage => ({ id, ...one }));
        const once = rankPages(pages, [[0, 0]], strategy, createRandom(seed));
        expect(once.map(({ id }) => id).sort((a, b) => a - b)).toEqual(pages.map(({ id }) => id));
        expect(once.every(({ words }) => words.length > 0)).toBe(true);
        expect(rankPages(pages, [[0, 0]], strategy, createRandom(seed))).toEqual(once);
      },
    ),
    { numRuns: 60 },
  );
});

test('one measure alone decides where one is asked for', () => {
  const pages = [
    page(1, { uncertainty: 0.9 }),
    page(2, { attention: 0.9 }),
    page(3, { style: [5, 5] }),
    page(4, { waitedDays: 90 }),
  ];
  const random = () => createRandom(3);
  expect(ids(pages, [[0, 0]], 'uncertainty', random())[0]).toBe(1);
  expect(ids(pages, [[0, 0]], 'attention', random())[0]).toBe(2);
  expect(ids(pages, [[0, 0]], 'diversity', random())[0]).toBe(3);
  expect(ids(pages, [[0, 0]], 'age', random())[0]).toBe(4);
});

test('of pages alike in doubt that of a new style comes first, and one of each style before the second of any', () => {
  const pages = [
    page(1),
    page(2),
    page(3, { style: [2, 0] }),
    page(4, { style: [2, 0.01] }),
    page(5, { style: [0, 2] }),
  ];
  const ranked = rankPages(pages, [[0, 0]], 'combined', createRandom(1));
  expect(new Set(ranked.slice(0, 2).map(({ id }) => (id <= 4 && id >= 3 ? 'wide' : 'tall')))).toEqual(
    new Set(['wide', 'tall']),
  );
  expect(ranked[0]!.words).toBe('Trust 50 % · A new style');
});

test('doubt outweighs the rest, and every tenth is drawn by chance', () => {
  const pages = Array.from({ length: 40 }, (_, id) => page(id, { uncertainty: id / 40 }));
  expect(ids(pages, [], 'combined', createRandom(1))[0]).toBe(39);
  const drawn = new Set<number>();
  for (let seed = 0; seed < 60; seed++) {
    const ranked = rankPages(pages, [], 'combined', createRandom(seed));
    expect(ranked[9]!.words).toBe('Random check');
    drawn.add(ranked[9]!.id);
  }
  expect(drawn.size).toBeGreaterThan(15);
});

test('chance draws every page about as often', () => {
  const counts = [0, 0, 0, 0];
  for (let seed = 0; seed < 400; seed++)
    counts[ids([page(0), page(1), page(2), page(3)], [], 'random', createRandom(seed))[0]!]!++;
  for (const count of counts) expect(count).toBeGreaterThan(70);
});
