import { expect, test } from 'vitest';
import { contrast, leastDistance } from '../../../../tests/fixtures/colour-sight.ts';
import { LEAD_NAMES, type LeadName } from '../../../shared/lead-name.ts';
import { LEAD_COLOURS, LEAD_COLOURS_DARK } from './lead-palette.ts';

const PINK_PAPER = '#fbdcdc';
const DARK_SURFACE = '#17181b';
const distance = (a: LeadName, b: LeadName): number => leastDistance(LEAD_COLOURS[a], LEAD_COLOURS[b]);

test.each(LEAD_NAMES)('%s stands out from pink paper and from dark surfaces', (lead) => {
  expect(contrast(LEAD_COLOURS[lead], PINK_PAPER)).toBeGreaterThanOrEqual(2.9);
  expect(contrast(LEAD_COLOURS_DARK[lead], DARK_SURFACE)).toBeGreaterThanOrEqual(4.5);
});

test('neighbours on 3x4 and 6x2 prints differ for normal, deuteranope and protanope eyes', () => {
  const grid = [0, 1, 2].map((row) => [0, 3, 6, 9].map((first) => LEAD_NAMES[first + row]!));
  const pairs: [LeadName, LeadName][] = [];
  for (let i = 0; i < 11; i++) pairs.push([LEAD_NAMES[i]!, LEAD_NAMES[i + 1]!]);
  for (let i = 0; i < 6; i++) pairs.push([LEAD_NAMES[i]!, LEAD_NAMES[i + 6]!]);
  for (const row of grid) for (let c = 0; c < 3; c++) pairs.push([row[c]!, row[c + 1]!]);
  for (const [a, b] of pairs) expect(distance(a, b), `${a} and ${b}`).toBeGreaterThan(12);
});
