import { expect, it } from 'vitest';
import type { Box, FloatRaster } from '../image/raster.ts';
import { beginBeforeNames } from './begin-before-names.ts';
import type { RowExtent } from './measure-extents.ts';

const PX_PER_MM = 6;
const START = 100;
const WIDTH = 500;
const level = (row: number): number => 40 + 60 * row;
const extent = (x0: number): RowExtent => ({ x0, x1: 480, freeLeft: true, freeRight: true });
const names: Box[] = [0, 1, 2, 3].map((row) => {
  return { x0: START + 12, x1: START + 52, y0: level(row) - 9, y1: level(row) + 9 };
});

/** Rows of trace of a strength, and over them names whose first letter is an upright bar. */
function page(strength: number, begin: number): FloatRaster {
  const ink = { data: new Float32Array(WIDTH * 260), width: WIDTH, height: 260 };
  for (let row = 0; row < 4; row++) {
    for (let x = begin; x < 480; x++) {
      ink.data[level(row) * WIDTH + x] = strength;
      ink.data[(level(row) + 1) * WIDTH + x] = strength / 2;
    }
  }
  for (const { x0, x1, y0, y1 } of names) {
    for (let y = y0; y < y1; y++) {
      ink.data[y * WIDTH + x0 - 1] = 0.5;
      for (let x = x0; x < x1; x += 3) ink.data[y * WIDTH + x] = 1;
    }
  }
  return ink;
}

const bare = [null, null, null, null];
const late = [START + 54, START + 60, START + 20, START + 58].map(extent);
const startsOf = (extents: readonly RowExtent[]): number[] => extents.map(({ x0 }) => x0);

it('lets rows begin with the piece of trace that shows before names printed across them, strong or pale', () => {
  for (const strength of [0.9, 0.3]) {
    const begins = beginBeforeNames(late, names, page(strength, START), level, bare, PX_PER_MM);
    expect(startsOf(begins)).toEqual([START, START, START, START]);
  }
});

it('moves rows without a name of their own along with most of the others', () => {
  const begins = beginBeforeNames(late, names.slice(1), page(0.9, START), level, bare, PX_PER_MM);
  expect(startsOf(begins)).toEqual([START, START, START, START]);
});

it('leaves rows alone that begin behind their names', () => {
  const begins = beginBeforeNames(late, names, page(0.9, START + 56), level, bare, PX_PER_MM);
  expect(begins).toBe(late);
});

it('leaves rows alone where one name alone has a stroke before it, as the sign of -aVR', () => {
  const ink = page(0.9, START + 56);
  for (let x = START; x < START + 9; x++) ink.data[level(2) * WIDTH + x] = 1;
  expect(beginBeforeNames(late, names, ink, level, bare, PX_PER_MM)).toBe(late);
});

it('takes no foot of a calibration pulse for the beginning of a trace, nor the arm of a letter', () => {
  const ends = [START + 30, START + 30, START + 30, START + 30];
  expect(beginBeforeNames(late, names, page(0.9, START), level, ends, PX_PER_MM)).toBe(late);
  const arms = page(0.9, START + 56);
  for (let row = 0; row < 4; row++) {
    for (let d = 0; d < 6; d++) {
      for (let k = 0; k < 3; k++) arms.data[(level(row) + 6 - 3 * d + k) * WIDTH + START + 11 - d] = 1;
    }
  }
  expect(beginBeforeNames(late, names, arms, level, bare, PX_PER_MM)).toBe(late);
});
