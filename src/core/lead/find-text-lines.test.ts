import { expect, it } from 'vitest';
import { findTextLines } from './find-text-lines.ts';

const word = (x0: number, y0: number, x1: number, y1: number, letters = 4) => ({
  box: { x0, y0, x1, y1 },
  letters: Array.from({ length: letters }, (_, k) => k),
  bars: false,
});

it('joins what follows on one line, small letters and all, and parts what is far away', () => {
  const lines = findTextLines([
    word(10, 10, 40, 30),
    word(50, 16, 90, 30, 3),
    word(92, 27, 95, 31, 1),
    word(180, 10, 220, 30, 5),
    word(12, 60, 44, 80),
  ]);
  expect(lines).toEqual([
    { box: { x0: 10, y0: 10, x1: 90, y1: 30 }, letters: 7 },
    { box: { x0: 12, y0: 60, x1: 44, y1: 80 }, letters: 4 },
    { box: { x0: 92, y0: 27, x1: 95, y1: 31 }, letters: 1 },
    { box: { x0: 180, y0: 10, x1: 220, y1: 30 }, letters: 5 },
  ]);
});
