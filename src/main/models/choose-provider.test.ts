import { expect, test } from 'vitest';
import { chooseProvider } from './choose-provider.ts';

const usable = (name: string, milliseconds: number) => ({ name, milliseconds, reason: null });
const results = [usable('cpu', 120), usable('near', 101), { name: 'broken', milliseconds: null, reason: 'It broke.' }];

test('the processor runs until the others are known, and unless one is clearly quicker', () => {
  expect(chooseProvider('auto', null)).toMatchObject({ running: 'cpu' });
  expect(chooseProvider('auto', results)).toEqual({ running: 'cpu', why: 'No other is clearly quicker.' });
  expect(chooseProvider('auto', [usable('cpu', 120)])).toMatchObject({ why: 'No other can be used on this machine.' });
  const quick = [...results, usable('gpu', 100), usable('npu', 40)];
  expect(chooseProvider('auto', quick)).toEqual({
    running: 'npu',
    why: 'It is 3.0 times as quick as the processor.',
  });
});

test('a stated one runs where it is known to be usable', () => {
  expect(chooseProvider('near', results)).toMatchObject({ running: 'near' });
  expect(chooseProvider('near', null)).toMatchObject({ running: 'cpu' });
  expect(chooseProvider('broken', results)).toMatchObject({
    running: 'cpu',
    why: expect.stringContaining('broken') as string,
  });
});
