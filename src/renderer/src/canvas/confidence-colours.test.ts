import { expect, test } from 'vitest';
import { contrast, leastDistance } from '../../../../tests/fixtures/colour-sight.ts';
import { LEVEL_CASES, LEVEL_LOOKS } from './confidence-colours.ts';
import { LEVELS } from './confidence-levels.ts';

test('every level stands out from pink paper, and from every other one for all eyes', () => {
  expect(LEVEL_LOOKS).toHaveLength(LEVELS);
  for (const [i, { colour }] of LEVEL_LOOKS.entries()) {
    expect(contrast(colour, '#fbdcdc'), colour).toBeGreaterThanOrEqual(2.85);
    for (const other of LEVEL_LOOKS.slice(i + 1)) {
      expect(leastDistance(colour, other.colour), `${colour} and ${other.colour}`).toBeGreaterThan(12);
    }
  }
});

test('the less sure, the wider', () => {
  for (const looks of [LEVEL_LOOKS, LEVEL_CASES]) {
    const widths = looks.map(({ width }) => width);
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
    expect(new Set(widths).size).toBe(widths.length);
  }
});
