import { expect, test } from 'vitest';
import type { HistoryEntry } from '../../../shared/api/edit-record.ts';
import { pageVersions } from './page-versions.ts';

const entry = (id: number, kind: HistoryEntry['kind'], label: string, kept = true): HistoryEntry => {
  const facts = { tool: 'brush', who: 'ann', milliseconds: 1, model: null, holds: true, undoable: kept };
  return { id, kind, label, at: id, kept, ...facts };
};
const when = (at: number): string => `at ${at}`;

test('a page nobody changed is compared with nothing but the machine’s reading', () => {
  const machine = { present: 1, readings: [{ run: 1, model: 'abc' }] };
  const groups = pageVersions([], machine, when);
  expect(groups.map(({ title, versions }) => [title, versions.map(({ key }) => key)])).toEqual([
    ['This page', ['now', 'machine']],
  ]);
});

test('decisions, readings by other models and states that are kept can be chosen, newest first', () => {
  const history = [
    entry(1, 'edit', 'Paint on II', false),
    entry(2, 'edit', 'Paint on V1'),
    entry(3, 'review', 'Accepted'),
    entry(4, 'review', 'Note changed'),
    entry(5, 'undo', 'Paint on V1'),
  ];
  const readings = [
    { run: 3, model: 'new model' },
    { run: 2, model: '0123456789abcdefgh' },
    { run: 1, model: null },
  ];
  const groups = pageVersions(history, { present: 3, readings }, when);
  expect(groups.slice(1)).toEqual([
    {
      title: 'Other readings of the machine',
      versions: [
        { key: 'run-2', title: 'Digitized the 2nd time', words: 'model 0123456789abcdef' },
        { key: 'run-1', title: 'Digitized the 1st time', words: '' },
      ],
    },
    {
      title: 'When it was decided on',
      versions: [{ key: 'entry-3', title: 'Accepted', words: 'ann · at 3' }],
    },
    {
      title: 'Earlier states',
      versions: [
        { key: 'entry-5', title: 'After: undo, Paint on V1', words: 'ann · at 5' },
        { key: 'entry-2', title: 'After: Paint on V1', words: 'ann · at 2' },
      ],
    },
  ]);
});
