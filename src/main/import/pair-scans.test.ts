import { expect, test } from 'vitest';
import { pairScans, type SignalFile } from './pair-scans.ts';

const files = (...paths: string[]): SignalFile[] =>
  paths.map((path) => ({
    path,
    kind: path.endsWith('.hea') ? 'wfdb' : path.includes('bare') ? 'bare' : 'table',
  }));

test('names decide, the nearest rule first', () => {
  const scans = [
    'a/x.png',
    'train/12/12-0003.png',
    'kit/00001_hr-1.png',
    'images/z.png',
    'b/Scan_77.jpg',
    'lost.png',
  ];
  const signals = files(
    'a/x.csv',
    'a/x.hea',
    'train/12/12.csv',
    'kit/00001_hr.hea',
    'signals/z.csv',
    'c/77-digitized.csv',
    'over.csv',
  );
  const { pairs, scansWithout, signalsWithout, ambiguous } = pairScans(scans, signals);
  expect(pairs.map(({ scan, signal, rule, part }) => [scan, signal.path, rule, part])).toEqual([
    ['a/x.png', 'a/x.csv', 'same name', null],
    ['train/12/12-0003.png', 'train/12/12.csv', 'record folder', null],
    ['kit/00001_hr-1.png', 'kit/00001_hr.hea', 'numbered page', 1],
    ['images/z.png', 'signals/z.csv', 'same name elsewhere', null],
    ['b/Scan_77.jpg', 'c/77-digitized.csv', 'alike', null],
  ]);
  expect(scansWithout).toEqual(['lost.png']);
  expect(signalsWithout).toEqual(['over.csv']);
  expect(ambiguous).toEqual([]);
});

test('what could be two is none, and is said', () => {
  const { pairs, ambiguous } = pairScans(['i/z.png'], files('s/z.csv', 't/z.csv'));
  expect(pairs).toEqual([]);
  expect(ambiguous).toEqual([{ scan: 'i/z.png', signals: ['s/z.csv', 't/z.csv'] }]);
  expect(pairScans(['i/z.png', 'j/z.png'], files('s/z.csv')).scansWithout).toEqual(['i/z.png', 'j/z.png']);
});
