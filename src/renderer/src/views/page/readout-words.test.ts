import { expect, test } from 'vitest';
import { measureWords } from './readout-words.ts';
import { timeLeftWords } from '../topbar/time-left-words.ts';
import { folderName } from '../queue/folder-name.ts';

test('a measured stretch tells milliseconds, millivolts and the rate between two beats', () => {
  expect(measureWords(-800, 1.234)).toBe('800 ms  ·  1.23 mV  ·  75 /min');
  expect(measureWords(80, -0.5)).toBe('80 ms  ·  0.50 mV');
});

test('time left is told roughly', () => {
  expect([0.4, 12.4, 60, 130].map(timeLeftWords)).toEqual([
    'under a minute left',
    '12 min left',
    '1 h left',
    '2 h 10 min left',
  ]);
});

test('folders go by their last part', () => {
  expect(['/data/ecg/ward 3/', 'C:\\scans\\b', '/'].map(folderName)).toEqual(['ward 3', 'b', '/']);
});

test('a measure on the page tells its millimetres, too', () => {
  expect(measureWords(400, 1, [10, 10.04])).toBe('400 ms  ·  1.00 mV  ·  150 /min  ·  10.0 × 10.0 mm');
});
