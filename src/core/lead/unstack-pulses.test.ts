import { expect, it } from 'vitest';
import type { FloatRaster } from '../image/raster.ts';
import type { DetectedPulse } from './find-pulses.ts';
import { hasPulseSize } from './has-pulse-size.ts';
import { unstackPulses } from './unstack-pulses.ts';

const PX = 6;
const LEFT = 60;
const RIGHT = 120;

/** Pulses with these feet and heights, millimetres, drawn a pixel and a half thick. */
function drawn(feet: readonly number[], heightMm: number): FloatRaster {
  const [width, height] = [400, 700];
  const data = new Float32Array(width * height);
  const dot = (x: number, y: number): void => {
    data[y * width + x] = 1;
    data[y * width + x + 1] = Math.max(data[y * width + x + 1]!, 0.5);
  };
  for (const foot of feet) {
    const [y0, y1] = [Math.round((foot - heightMm) * PX), Math.round(foot * PX)];
    for (let y = y0; y <= y1; y++) for (const x of [LEFT, RIGHT]) dot(x, y);
    for (let x = LEFT; x <= RIGHT; x++) dot(x, y0);
  }
  return { data, width, height };
}

/** Pulses as they are found: each ends at the first level stroke above its foot. */
function found(feet: readonly number[], heightMm: number): DetectedPulse[] {
  return feet.map((foot, row) => {
    const box = {
      x0: LEFT - 1,
      x1: RIGHT + 2,
      y0: Math.round((foot - heightMm) * PX),
      y1: Math.round(foot * PX),
    };
    return { box, heightMm, widthMm: 10, row, side: 'left', leftX: LEFT, rightX: RIGHT };
  });
}

const heights = (pulses: readonly DetectedPulse[]): string[] => pulses.map((p) => p.heightMm.toFixed(1));

it('finds how tall pulses are that stand one upon the other', () => {
  const feet = [40, 52, 64, 76];
  // A pulse of 20 mm on rows 12 mm apart: its legs meet the rung of the next row 8 mm above its foot.
  const pulses = unstackPulses(found(feet, 8), drawn(feet, 20), PX);
  expect(heights(pulses)).toEqual(['20.0', '20.0', '20.0', '20.0']);
  expect(pulses.map(({ box }) => box.y0)).toEqual(feet.map((foot) => (foot - 20) * PX));
});

it('leaves pulses that stand free, and those over which a long stroke goes on without rungs', () => {
  const feet = [40, 70, 100];
  const free = found(feet, 10);
  expect(unstackPulses(free, drawn(feet, 10), PX)).toEqual(free);
  const page = drawn(feet, 10);
  for (const x of [LEFT, RIGHT]) for (let y = 100; y < 200; y++) page.data[y * page.width + x] = 1;
  expect(unstackPulses(free, page, PX)).toEqual(free);
});

it.each([
  [5.08, 10.03, true],
  [9.9, 20.2, true],
  [2, 4.7, false],
  [5, 8, false],
])('a pulse of %d x %d mm has the size of one: %s', (widthMm, heightMm, expected) => {
  expect(hasPulseSize({ widthMm, heightMm })).toBe(expected);
});
