import { expect, test } from 'vitest';
import type { ModelEntry } from '../../../../shared/api/model-record.ts';
import { factWords, mirrorCost, providerName } from './model-words.ts';

const model: ModelEntry = {
  key: 3,
  name: 'a.onnx',
  bytes: 484_881,
  sha256: '00',
  facts: {
    contract: 'c',
    step: 15_000,
    seconds: 60,
    precision: 'int8',
    opset: 17,
    revision: null,
    trainedRecords: 334,
    heldOutRecords: 24,
    dice: null,
  },
  source: '/a.onnx',
  addedAt: 0,
  problem: null,
};

test('models and providers in words', () => {
  expect(factWords(model)).toBe('15,000 steps on 334 records · 8-bit · 485 kB');
  expect(factWords({ ...model, facts: null })).toMatch(/^485 kB · came without a card/);
  expect(factWords({ ...model, bytes: 2_140_000 })).toContain(' · 2.1 MB');
  expect([providerName('cpu'), providerName('xnnpack')]).toEqual(['Processor', 'xnnpack']);
});

test('the cost of looking twice, for a page of 20 tiles', () => {
  expect(mirrorCost(150)).toContain('about 3.0 s, in');
  expect(mirrorCost(900)).toContain('about 18 s, in');
  expect(mirrorCost(null)).toBe('The look takes twice as long.');
});
