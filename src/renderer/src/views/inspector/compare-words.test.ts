import { expect, test } from 'vitest';
import type { LeadDifference } from '../../../../core/agreement/compare-readings.ts';
import { agreementWords, stretchWords } from './compare-words.ts';

const lead: LeadDifference = {
  cellId: 'r0c0',
  first: null,
  second: null,
  agreement: {
    rmseMicrovolts: 23.4,
    snrDb: 14.26,
    lagMilliseconds: 4,
    pearson: 0.9914,
    onlyFirstSeconds: 0,
    onlySecondSeconds: 0,
  },
  beatF1: 0.5,
  mask: { onlyFirst: 12, onlySecond: 340, dice: 0.9321 },
  stretches: [],
  words: [],
};
const told = (readers: boolean, other = lead) =>
  agreementWords(other, readers).map(([term, value]) => `${term} ${value}`);

test('two readers agree in physical units', () => {
  expect(told(true)).toEqual([
    'RMSE 23 µV',
    'SNR 14.3 dB',
    'lag +4 ms',
    'r 0.991',
    'beats 0.50',
    'Dice 0.932',
  ]);
});

test('two versions differ by pixels added and removed', () => {
  expect(told(false).slice(4)).toEqual(['added 340 px', 'removed 12 px']);
});

test('what cannot be told is left open', () => {
  const agreement = { ...lead.agreement, rmseMicrovolts: null };
  expect(told(true, { ...lead, agreement, beatF1: null, mask: null })).toEqual([
    'RMSE –',
    'SNR 14.3 dB',
    'lag +4 ms',
    'r 0.991',
    'beats –',
  ]);
});

test('a stretch says how it differs', () => {
  const stretch = { startSeconds: 1, endSeconds: 2, kind: 'apart' as const, peakMillivolts: 0.416 };
  expect(stretchWords(stretch)).toBe('up to 0.42 mV apart');
  expect(stretchWords({ ...stretch, kind: 'only-second' })).toBe('only B reads it');
});
