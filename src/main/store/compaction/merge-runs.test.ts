import { expect, test } from 'vitest';
import { mergeRuns, type LedgerEntry } from './merge-runs.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = 100 * DAY;

const entry = (id: number, at: number, more: Partial<LedgerEntry> = {}): LedgerEntry => {
  return { id, kind: 'edit', target: null, tool: 'brush', at, bytes: 10, ...more };
};
const idsOf = (...[entries, keep]: [LedgerEntry[], { actions: number; days: number }]) =>
  mergeRuns(entries, 0, keep, NOW).map(({ ids }) => ids);

test('a run ends at a decision, at the end of a sitting and at another reading', () => {
  const entries = [
    entry(1, 0),
    entry(2, MINUTE),
    entry(3, 2 * MINUTE, { kind: 'review', tool: 'review' }),
    entry(4, 3 * MINUTE),
    entry(5, 4 * MINUTE),
    entry(6, 90 * MINUTE),
    entry(7, 91 * MINUTE),
    entry(8, 92 * MINUTE, { kind: 'base', tool: 'digitizer' }),
    entry(9, 93 * MINUTE),
    entry(10, 94 * MINUTE),
  ];
  expect(idsOf(entries, { actions: 1, days: 0 })).toEqual([
    [1, 2],
    [4, 5],
    [6, 7],
  ]);
});

test('a state is kept every hundred actions, and what has not come so far waits', () => {
  const entries = Array.from({ length: 350 }, (_, i) => entry(i + 1, i * 1000));
  expect(idsOf(entries, { actions: 20, days: 0 }).map((ids) => [ids[0], ids.at(-1)])).toEqual([
    [1, 100],
    [101, 200],
    [201, 300],
  ]);
  expect(idsOf(entries, { actions: 100, days: 0 })).toHaveLength(2);
});

test('what is young stays, and what can be done again', () => {
  const sitting = (first: number, at: number) => [entry(first, at), entry(first + 1, at + MINUTE)];
  const entries = [...sitting(1, NOW - 9 * DAY), ...sitting(3, NOW - 5 * DAY), ...sitting(5, NOW - 2 * DAY)];
  expect(idsOf(entries, { actions: 1, days: 0 })).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(idsOf(entries, { actions: 1, days: 7 })).toEqual([[1, 2]]);
  const undone = [6, 5, 4, 3].map((target, i) => entry(7 + i, NOW - DAY + i, { kind: 'undo', target }));
  expect(idsOf([...entries, ...undone], { actions: 1, days: 0 })).toEqual([]);
});
