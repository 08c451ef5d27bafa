import { expect, test } from 'vitest';
import type { CellView, FindingView } from '../../../shared/api/page-record.ts';
import { doubtfulSpans, nextSpan } from './doubtful-spans.ts';

const cell = (id: string, lead: CellView['lead']): CellView => ({
  id,
  lead,
  role: 'lead',
  row: 0,
  column: 0,
  outline: [],
  startSeconds: 0,
  endSeconds: 2,
  inverted: false,
  labelSource: 'read',
  confidence: 1,
});
const cells = [cell('a', 'I'), cell('b', 'II')];
const signal = (cellId: string, lead: CellView['lead'], doubtful: readonly [number, number][]) => {
  const confidence = new Float32Array(200).fill(0.9);
  for (const [from, to] of doubtful) confidence.fill(0.2, from, to);
  const millivolts = new Float32Array(200);
  return { cellId, lead, role: 'lead' as const, startSeconds: 0, fs: 100, millivolts, confidence };
};
const finding: FindingView = {
  code: 'x',
  severity: 'warning',
  message: 'odd',
  leads: ['I'],
  startSeconds: 1,
  endSeconds: 1.2,
  value: null,
};

test('low trust and findings, in reading order; short doubts are passed over, near ones joined', () => {
  const signals = [
    signal('b', 'II', [
      [10, 20],
      [30, 40],
      [120, 121],
    ]),
    signal('a', 'I', [[150, 170]]),
  ];
  expect(doubtfulSpans(signals, cells, [finding, { ...finding, severity: 'info' }])).toEqual([
    { cellId: 'a', startSeconds: 1, endSeconds: 1.2, words: 'odd' },
    { cellId: 'a', startSeconds: 1.5, endSeconds: 1.7, words: 'I: trust down to 20 %' },
    { cellId: 'b', startSeconds: 0.1, endSeconds: 0.4, words: 'II: trust down to 20 %' },
  ]);
});

test('one stop after the other, round and round, both ways', () => {
  const spans = doubtfulSpans(
    [
      signal('a', 'I', [
        [10, 20],
        [100, 110],
      ]),
    ],
    cells,
    [],
  );
  const first = nextSpan(spans, null, 1);
  expect(first).toBe(spans[0]);
  expect(nextSpan(spans, first, 1)).toBe(spans[1]);
  expect(nextSpan(spans, spans[1]!, 1)).toBe(spans[0]);
  expect(nextSpan(spans, null, -1)).toBe(spans[1]);
  expect(nextSpan([], null, 1)).toBeNull();
});
