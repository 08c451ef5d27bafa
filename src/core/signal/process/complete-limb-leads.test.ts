import { expect, test } from 'vitest';
import { completeLimbLeads } from './complete-limb-leads.ts';

const of = (...values: number[]): Float32Array => Float32Array.from(values);

test('two limb leads give the other four, one gives none, and chest leads stay as they are', () => {
  const table = completeLimbLeads({
    fs: 500,
    startSeconds: 0,
    leads: new Map([
      ['I', of(1, NaN, 1)],
      ['II', of(0.5, 2, NaN)],
      ['aVR', of(NaN, -1.5, NaN)],
      ['V1', of(NaN, 7, NaN)],
    ]),
  });
  const rounded = Object.fromEntries(
    [...table.leads].map(([lead, v]) => [lead, [...v].map((x) => Math.round(x * 1e5) / 1e5)]),
  );
  expect(rounded).toEqual({
    I: [1, 1, 1],
    II: [0.5, 2, NaN],
    III: [-0.5, 1, NaN],
    aVR: [-0.75, -1.5, NaN],
    aVL: [0.75, 0, NaN],
    aVF: [0, 1.5, NaN],
    V1: [NaN, 7, NaN],
  });
});

test('what is printed is never changed, even where the leads disagree', () => {
  const leads = new Map([
    ['I', of(1)],
    ['II', of(1)],
    ['III', of(0.3)],
  ] as const);
  const table = completeLimbLeads({ fs: 1, startSeconds: 0, leads });
  expect(['I', 'II', 'III'].map((lead) => table.leads.get(lead as 'I')![0])).toEqual([
    1,
    1,
    Math.fround(0.3),
  ]);
  expect(table.leads.get('aVF')![0]).toBeCloseTo(0.65, 1);
});
