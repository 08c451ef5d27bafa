import { expect, it } from 'vitest';
import { beginBehindNames } from './begin-behind-names.ts';
import type { LabelCandidate } from './find-labels.ts';
import { LABEL_CLASSES } from './label-net.ts';
import type { RowExtent } from './measure-extents.ts';

const PX_PER_MM = 8;
const START = 200;
const level = (row: number): number => 100 + 90 * row;
const extent = (x0: number): RowExtent => ({ x0, x1: 1600, freeLeft: true, freeRight: true });

/** The name of a row that ends at `endX`, so far above the trace. */
function label(
  row: number,
  name: 'aVR' | 'aVL' | 'aVF' | 'I',
  endX: number,
  abovePx: number,
): LabelCandidate {
  const probabilities = new Float32Array(LABEL_CLASSES.length);
  probabilities[LABEL_CLASSES.indexOf(name)] = 0.99;
  const bottom = level(row) - abovePx;
  return { row, box: { x0: endX - 30, x1: endX, y0: bottom - 20, y1: bottom }, probabilities, weight: 1 };
}

const named = (abovePx: number): LabelCandidate[] => [
  label(1, 'aVR', START - 2, abovePx),
  label(2, 'aVL', START - 2, abovePx),
  label(3, 'aVF', START - 2, abovePx),
];

it('lets rows begin behind the names that stand before them at the height of the trace', () => {
  const extents = [START, START - 30, START - 21, START - 12, START].map(extent);
  const begins = beginBehindNames(extents, named(-8), level, PX_PER_MM).map(({ x0 }) => x0);
  expect(begins).toEqual([START, START - 2, START - 2, START - 2, START]);
});

it('leaves rows alone whose names stand clear of the trace, or are numerals', () => {
  const extents = [START, START - 30, START - 21, START - 12, START].map(extent);
  expect(beginBehindNames(extents, named(40), level, PX_PER_MM)).toBe(extents);
  const numerals = [label(1, 'I', START - 2, -8), label(2, 'I', START - 2, -8)];
  expect(beginBehindNames(extents, numerals, level, PX_PER_MM)).toBe(extents);
});

it('leaves rows alone that agree better as they are: their names stand on the first beats', () => {
  const extents = [START, START, START, START, START].map(extent);
  const onTrace = named(-8).map((l) => ({
    ...l,
    box: { ...l.box, x0: START + 2, x1: START + 32 + 9 * l.row },
  }));
  expect(beginBehindNames(extents, onTrace, level, PX_PER_MM)).toBe(extents);
});
