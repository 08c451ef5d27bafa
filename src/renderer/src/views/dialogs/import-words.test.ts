import { expect, test } from 'vitest';
import { LEAD_NAMES } from '../../../../shared/lead-name.ts';
import { guessColumns, progressWords } from './import-words.ts';

test('columns are guessed by their titles and their number', () => {
  expect(guessColumns(['t', 'ch1', 'note'])).toEqual({ t: 'time (s)', ch1: '', note: '' });
  expect(guessColumns(['Time [ms]', 'a'])).toEqual({ 'Time [ms]': 'time (ms)', a: '' });
  const titles = LEAD_NAMES.map((_, i) => `ch${i}`);
  expect(Object.values(guessColumns(['time', ...titles]))).toEqual(['time (s)', ...LEAD_NAMES]);
});

test('progress is counted where there is something to count', () => {
  const at = { importId: 1, done: 3, total: 2000, message: null };
  expect(progressWords({ ...at, stage: 'reading' })).toBe('Reading signals 3 of 2,000');
  expect(progressWords({ ...at, stage: 'importing', total: 0 })).toBe('Adding the scans');
});
