import { expect, it } from 'vitest';
import { isTwoTone } from './is-two-tone.ts';

it('tells black and white from gray', () => {
  const of = (level: (k: number) => number) => ({
    data: Uint8Array.from({ length: 10_000 }, (_, k) => level(k)),
    width: 100,
    height: 100,
    channels: 1 as const,
  });
  expect(isTwoTone(of((k) => (k % 7 ? 255 : 3)))).toBe(true);
  expect(isTwoTone(of((k) => (k % 7 ? 255 : 90)))).toBe(false);
});
