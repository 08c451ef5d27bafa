import { expect, test } from 'vitest';
import type { HistoryEntry } from '../../../../shared/api/edit-record.ts';
import { historyRows } from './history-rows.ts';

const entry = (id: number, kept: boolean, who = 'ann'): HistoryEntry => {
  const step = { tool: 'brush', label: 'Paint', at: id, milliseconds: 10, model: null, holds: true };
  return { id, kind: 'edit', who, kept, undoable: kept, ...step };
};
const told = (unfolded: string[]) =>
  historyRows(
    [
      entry(1, false),
      entry(2, false, 'bob'),
      entry(3, true),
      entry(4, true),
      entry(5, false),
      entry(6, true),
    ],
    new Set(unfolded),
  ).map((row) => ('entry' in row ? row.entry.id : `${row.merged.steps.length} by ${row.merged.who.join()}`));

test('steps that cannot be gone back to are one row between the states that can', () => {
  expect(told([])).toEqual([6, '1 by ann', 4, 3, '2 by bob,ann']);
});

test('unfolded they follow their row', () => {
  expect(told(['merged-2'])).toEqual([6, '1 by ann', 4, 3, '2 by bob,ann', 2, 1]);
});
