import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChange, reverseChange } from '../../../shared/edit/byte-change.ts';
import { partChange } from './part-change.ts';

const document = fc.option(fc.uint8Array({ maxLength: 400, max: 2 }));

test('parts lead from one state to the other and back', () => {
  fc.assert(
    fc.property(document, document, (before, after) => {
      const parts = partChange('layout', before, after);
      const forth = parts.reduce<Uint8Array | null>(applyChange, before);
      expect(forth).toEqual(after);
      expect(parts.toReversed().map(reverseChange).reduce<Uint8Array | null>(applyChange, forth)).toEqual(
        before,
      );
    }),
  );
});

test('two differences far from each other do not keep what lies between', () => {
  const before = new Uint8Array(1000);
  const after = before.slice();
  after[10] = 1;
  after[12] = 1;
  after[900] = 2;
  expect(partChange('layout', before, after).map(({ at, after: now }) => [at, now!.length])).toEqual([
    [10, 3],
    [900, 1],
  ]);
});
