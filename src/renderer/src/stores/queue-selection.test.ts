import { expect, test } from 'vitest';
import { keepListed, NO_SELECTION, select } from './queue-selection.ts';

const order = [5, 3, 9, 1, 7];

test('a plain click picks one, Ctrl adds and takes away', () => {
  const one = select(NO_SELECTION, order, 3, 'single');
  const two = select(one, order, 1, 'toggle');
  expect([...two.ids]).toEqual([3, 1]);
  expect([...select(two, order, 3, 'toggle').ids]).toEqual([1]);
});

test('Shift picks the rows between the anchor and the click, both ways, and keeps the anchor', () => {
  const from = select(NO_SELECTION, order, 9, 'single');
  const down = select(from, order, 7, 'range');
  expect([...down.ids]).toEqual([9, 1, 7]);
  expect([...select(down, order, 5, 'range').ids]).toEqual([5, 3, 9]);
});

test('Shift without an anchor in the list is a plain click', () => {
  expect([...select({ ids: new Set([42]), anchor: 42 }, order, 9, 'range').ids]).toEqual([9]);
});

test('what left the list leaves the selection', () => {
  const kept = keepListed({ ids: new Set([5, 3]), anchor: 3 }, [5, 9]);
  expect([...kept.ids]).toEqual([5]);
  expect(kept.anchor).toBeNull();
});
