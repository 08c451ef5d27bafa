import { expect, it } from 'vitest';
import { isColourless } from './is-colourless.ts';

const page = (colour: (k: number) => readonly number[]) => ({
  data: Uint8Array.from({ length: 3 * 40_000 }, (_, at) => colour(Math.floor(at / 3))[at % 3]!),
  width: 200,
  height: 200,
  channels: 3 as const,
});

it('tells copies, which are gray but for traces of coding, from colour', () => {
  expect(isColourless(page((k) => (k % 9 === 0 ? [20, 24, 18] : [250, 252, 247])))).toBe(true);
  expect(isColourless(page((k) => (k % 20 === 0 ? [230, 120, 110] : [250, 250, 250])))).toBe(false);
  expect(isColourless({ data: new Uint8Array(100), width: 10, height: 10, channels: 1 })).toBe(true);
});
