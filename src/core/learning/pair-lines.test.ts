import { expect, test } from 'vitest';
import type { LeadName } from '../../shared/lead-name.ts';
import type { TracePath } from '../trace/trace-path.ts';
import { pairLines, type LinedPage } from './pair-lines.ts';

const PX_PER_MM = 8;

const path = (cellId: string, row: number, x0 = 0, columns = 100): TracePath => ({
  cellId,
  x0,
  y: new Float32Array(columns).fill(row),
  confidence: new Float32Array(columns).fill(1),
  bridged: new Uint8Array(columns),
  strokeWidthPx: 3,
  fineY: new Float32Array(columns * 2).fill(row),
  samplesPerPx: 2,
});
const page = (paths: TracePath[], leads: Record<string, LeadName>): LinedPage => ({
  paths,
  layout: { cells: Object.entries(leads).map(([id, lead]) => ({ id, lead })) },
});

test('a lead meets its own line, also of another cell, and a strip the strip', () => {
  const read = page([path('a', 50), path('b', 300)], { a: 'II', b: 'II' });
  const accepted = page([path('r0', 50.5, 10), path('r3', 301)], { r0: 'II', r3: 'II' });
  const pairs = pairLines(read, accepted, [], PX_PER_MM);
  expect(pairs.map(({ traced, accepted: line }) => [traced.cellId, line.cellId])).toEqual([
    ['a', 'r0'],
    ['b', 'r3'],
  ]);
});

test('lines that run elsewhere, have another name or hardly meet are left out', () => {
  const read = page([path('a', 50), path('b', 100), path('c', 150)], { a: 'I', b: 'V1', c: 'III' });
  const accepted = page([path('a', 60), path('b', 100), path('c', 150, 85)], { a: 'I', b: 'V2', c: 'III' });
  expect(pairLines(read, accepted, [], PX_PER_MM)).toEqual([]);
});

test('what nobody answers for teaches nothing', () => {
  const one = page([path('a', 50)], { a: 'I' });
  expect(pairLines(one, one, [], PX_PER_MM)).toHaveLength(1);
  expect(pairLines(one, one, ['a'], PX_PER_MM)).toEqual([]);
});
