import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, toBase64 } from './base64.ts';
import { applyChange, changeBetween, reverseChange } from './byte-change.ts';

const bytes = fc.uint8Array({ maxLength: 40 });
const state = fc.option(bytes);

test('a change leads from one state to the other and back', () => {
  fc.assert(
    fc.property(state, state, (before, after) => {
      const change = changeBetween('layout', before, after);
      if (change === null) return void expect(before).toEqual(after);
      expect(applyChange(before, change)).toEqual(after);
      expect(applyChange(after, reverseChange(change))).toEqual(before);
    }),
  );
});

test('only what differs is kept', () => {
  const change = changeBetween('k', Uint8Array.of(1, 2, 3, 4), Uint8Array.of(1, 9, 9, 3, 4));
  expect(change).toEqual({ key: 'k', at: 1, before: Uint8Array.of(2), after: Uint8Array.of(9, 9) });
});

test('a document that is something else is refused', () => {
  const change = changeBetween('k', Uint8Array.of(1, 2), Uint8Array.of(1, 3))!;
  expect(() => applyChange(Uint8Array.of(1, 7), change)).toThrow(/changed elsewhere/);
  expect(() => applyChange(null, change)).toThrow(/changed elsewhere/);
  const removal = changeBetween('k', Uint8Array.of(1), null)!;
  expect(() => applyChange(Uint8Array.of(1, 2), removal)).toThrow(/changed elsewhere/);
});

test('base64 is what everybody else writes, and is read back', () => {
  fc.assert(
    fc.property(bytes, (value) => {
      expect(toBase64(value)).toBe(Buffer.from(value).toString('base64'));
      expect(fromBase64(toBase64(value))).toEqual(value);
    }),
  );
});
