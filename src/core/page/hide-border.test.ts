import { expect, test } from 'vitest';
import type { Raster } from '../image/raster.ts';
import { hideBorder } from './hide-border.ts';

const WIDTH = 400;
const HEIGHT = 300;

/** White paper with black ink where `isInked` says so. */
function page(isInked: (x: number, y: number) => boolean): Raster {
  const data = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, k) =>
    isInked(k % WIDTH, Math.floor(k / WIDTH)) ? 0 : 255,
  );
  return { data, width: WIDTH, height: HEIGHT, channels: 1 };
}

const darkAt = ({ data }: Raster, x: number, y: number): boolean => data[y * WIDTH + x]! < 128;

test('the border beside crooked paper goes, a line that runs into it stays up to there', () => {
  const wedge = (x: number): number => Math.round(12 - x / 20);
  const seen = page((x, y) => y < wedge(x) || (x > 150 && x < 154) || (y > 100 && y < 104));
  const clean = hideBorder(seen);
  for (const x of [20, 100, 190]) expect(darkAt(clean, x, 0)).toBe(false);
  for (const y of [20, 101, 250]) expect(darkAt(clean, 152, y)).toBe(true);
  for (const x of [0, 200, WIDTH - 1]) expect(darkAt(clean, x, 102)).toBe(true);
});

test('a page without a border, and one on dark ground, stay as they are', () => {
  const lines = page((x, y) => y % 50 === 25 && x > 10);
  expect(hideBorder(lines)).toBe(lines);
  const desk = page((x) => x < 60);
  expect(hideBorder(desk)).toBe(desk);
});

test('beside a grid black border goes, were it a pixel, but not the frame of the grid', () => {
  const frame = page((x, y) => x < 3 || y < 3 || x % 50 < 3);
  expect(hideBorder(frame, true)).toBe(frame);
  const bordered = page((x, y) => (y < 1 && x < 200) || x % 50 === 20);
  const clean = hideBorder(bordered, true);
  expect(darkAt(clean, 30, 0)).toBe(false);
  expect(darkAt(clean, 20, 10)).toBe(true);
  const shade = page((_, y) => y < 9);
  shade.data.forEach((value, at) => (shade.data[at] = Math.max(120, value)));
  expect(hideBorder(shade, true)).toBe(shade);
});
