import { expect, test } from 'vitest';
import type { TrainingRunRecord, TrainingSetFigures } from '../../../../shared/api/learning-record.ts';
import { gainWords, runWords, setWords, timeWords } from './learning-words.ts';

test.each([
  [12.4, '12 s'],
  [89, '1 min'],
  [3600, '1 h'],
  [4000, '1 h 7 min'],
])('%f seconds are %s', (seconds, words) => expect(timeWords(seconds)).toBe(words));

test('a training set in short', () => {
  const figures = {
    pages: { train: 16, validation: 4, locked: 1 },
    groups: 1,
    splitBy: 'folder',
    changedPages: 7,
    seconds: 90,
  };
  expect(setWords(figures as TrainingSetFigures)).toBe('21 pages of 1 folder · 7 corrected · 2 min of work');
});

test('gains have signs, and runs say where they stand', () => {
  expect([gainWords(0.5), gainWords(-1.234)]).toEqual(['+0.50 dB', '−1.23 dB']);
  const run = { state: 'running', steps: 300, message: null, progress: null } as TrainingRunRecord;
  expect(runWords(run)).toMatch(/^Reading the pages/);
  const progress = { step: 20, seconds: 9, secondsLeft: 130, residentMb: 612 };
  expect(runWords({ ...run, progress })).toBe('Step 20 of 300 · 2 min left at most · 612 MB');
  expect(runWords({ ...run, state: 'failed', message: 'The disk is full.' })).toBe('The disk is full.');
});
