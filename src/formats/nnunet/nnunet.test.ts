import { expect, test } from 'vitest';
import { LABEL_NAMES } from '../masks/mask-label.ts';
import { nnunetFolder, readNnunetDataset, writeNnunetDataset } from './nnunet-dataset.ts';

test('a dataset names its labels, and they come back', () => {
  const text = writeNnunetDataset(12, 'ward 7', 'CC BY 4.0');
  expect(JSON.parse(text)).toMatchObject({
    numTraining: 12,
    file_ending: '.png',
    labels: { background: 0, I: 1, rhythm: 13 },
  });
  const { names, ending } = readNnunetDataset(text);
  expect([...names]).toEqual(LABEL_NAMES.map((name, i) => [i + 1, name]));
  expect(ending).toBe('.png');
  expect(nnunetFolder(700, 0, 'Ward 7')).toBe('Dataset700_Ward7');
  expect(nnunetFolder(700, 1, 'Ward 7')).toBe('Dataset701_Ward7_overlap1');
});

test('damaged files are refused in words', () => {
  expect(() => readNnunetDataset('nonsense')).toThrow(/JSON/);
  expect(() => readNnunetDataset('{"labels":{"I":"one"}}')).toThrow(/labels.I/);
});
