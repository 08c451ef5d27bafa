import { expect, test } from 'vitest';
import { habitsOfCard, habitsOfPages } from './habits-of-pages.ts';
import type { SetPage } from './training-manifest.ts';

const page = (rest: Partial<SetPage>): SetPage =>
  ({ style: [1, 2], speedMmPerSecond: 25, gainMmPerMillivolt: 10, ...rest }) as SetPage;

test('a card tells the habits of pages, with the resolution of those where it is known', () => {
  const habits = habitsOfPages([page({ scanPxPerMm: 7.9 }), page({}), page({ style: undefined })]);
  expect(habits.pages).toEqual([
    { style: [1, 2], speedMmPerSecond: 25, gainMmPerMillivolt: 10, pxPerMm: 7.9 },
    { style: [1, 2], speedMmPerSecond: 25, gainMmPerMillivolt: 10 },
  ]);
  expect(habitsOfCard(JSON.parse(JSON.stringify({ name: 'x', habits })))).toEqual(habits);
  expect(habitsOfCard({ name: 'x' })).toBeNull();
});

test('a card tells how lines lie, and nothing of it where nothing was learnt', () => {
  const line = { weights: [0.1, 0.02, 0, 0, 0, 0, 0, 0] };
  const habits = habitsOfPages([page({})], line);
  expect(habitsOfCard(JSON.parse(JSON.stringify({ habits })))!.line).toEqual(line);
  expect(habitsOfPages([page({})], null)).not.toHaveProperty('line');
  expect(habitsOfCard({ habits: { ...habits, line: { weights: [1] } } })).toBeNull();
});
