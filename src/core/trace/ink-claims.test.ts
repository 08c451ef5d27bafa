import { expect, test } from 'vitest';
import { LEFTOVER, MOST_ROWS, otherRows } from './ink-claims.ts';

test('the bits of the other rows hold neither the row itself nor ink that nobody explains', () => {
  for (let row = 0; row < MOST_ROWS; row++) {
    expect(otherRows(row) & (1 << row)).toBe(0);
    expect(otherRows(row) & LEFTOVER).toBe(0);
    expect(otherRows(row) | (1 << row) | LEFTOVER).toBe(0xffff);
  }
});
