import { expect, test } from 'vitest';
import { paperGridLines } from './paper-grid.ts';

test('every fifth millimetre is a major line', () => {
  expect(paperGridLines(0, 40, 4)).toEqual({ minor: [4, 8, 12, 16, 24, 28, 32, 36], major: [0, 20, 40] });
});

test('scrolling moves the lines, not the counting', () => {
  expect(paperGridLines(18, 10, 4)).toEqual({ minor: [6, 10], major: [2] });
});

test('minor lines are left out where they would blur', () => {
  expect(paperGridLines(0, 20, 2)).toEqual({ minor: [], major: [0, 10, 20] });
});
