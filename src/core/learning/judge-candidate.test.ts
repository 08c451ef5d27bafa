import { expect, test } from 'vitest';
import { judgeCandidate } from './judge-candidate.ts';

const locked = (mean: number, failures = { current: 0, candidate: 0 }) => ({
  differenceDb: { mean, low: mean - 0.5, high: mean + 0.5 },
  failures,
});

test.each([
  [locked(0.6), [{ folder: 'samples', differenceDb: -0.2 }], true, true, []],
  [locked(0.6), [{ folder: 'samples', differenceDb: -0.21 }], false, true, ['samples']],
  [locked(0), [], false, false, []],
  [locked(-0.1), [], false, false, []],
  [locked(0.6, { current: 1, candidate: 2 }), [], false, false, []],
  [locked(0.6, { current: 2, candidate: 1 }), [{ folder: 'samples', differenceDb: 0 }], true, true, []],
  [locked(0.6), [], false, true, []],
  [null, [{ folder: 'samples', differenceDb: 3 }], false, false, []],
])('%j with %j: allowed %s, better %s', (lockedPages, references, allowed, better, harmed) => {
  expect(judgeCandidate({ locked: lockedPages, references })).toMatchObject({ allowed, better, harmed });
});

test('says why', () => {
  const { words } = judgeCandidate({
    locked: locked(0.3),
    references: [{ folder: 'photo', differenceDb: -1 }],
  });
  expect(words).toEqual([
    'Locked pages: +0.30 dB (95 % of means lie between −0.20 dB and +0.80 dB).',
    'The interval includes no gain at all: more locked pages would tell.',
    'photo loses 1.00 dB, more than 0.2.',
  ]);
  expect(judgeCandidate({ locked: null, references: [] }).words).toEqual([
    'There are no reference pages that would tell what it forgot.',
    'There are no locked pages to prove it on.',
  ]);
});
