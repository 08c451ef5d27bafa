import { expect, it } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import { lineLevel } from './line-level.ts';
import { raiseLines } from './raise-lines.ts';

const WIDTH = 900;
const PX_PER_MM = 6;
const LINE = 0.2;

/** Two pale lines that wander, and lettering, a bar and a border that are full ink. */
function palePage() {
  const ink = blankRaster(WIDTH, 300);
  const fill = (x0: number, y0: number, x1: number, y1: number, value: number): void => {
    for (let y = y0; y < y1; y++) ink.data.fill(value, y * WIDTH + x0, y * WIDTH + x1);
  };
  for (const at of [120, 220]) {
    for (let x = 20; x < WIDTH - 20; x++) {
      const y = at + Math.round(8 * Math.sin(x / 40));
      for (const [dy, part] of [
        [-1, 0.5],
        [0, 1],
        [1, 0.5],
      ] as const)
        ink.data[(y + dy) * WIDTH + x] = LINE * part;
    }
  }
  for (let x = 20; x < 500; x += 14) {
    fill(x, 30, x + 2, 48, 1);
    fill(x, 30, x + 10, 32, 1);
    fill(x, 40, x + 10, 42, 1);
    fill(x + 2, 33, x + 3, 39, 0.3);
  }
  fill(550, 20, 800, 50, 1);
  fill(0, 297, WIDTH, 300, 1);
  return ink;
}

it('tells how dark the traces are, whatever else is darker', () => {
  expect(lineLevel(palePage(), PX_PER_MM)).toBeCloseTo(LINE, 2);
});

it('tells nothing of bare paper and its noise', () => {
  const noise = blankRaster(WIDTH, 300);
  for (let k = 0; k < noise.data.length; k++) noise.data[k] = ((k * 0.618034) % 1) * 0.3;
  expect(lineLevel(noise, PX_PER_MM)).toBeNull();
  expect(lineLevel(blankRaster(WIDTH, 300), PX_PER_MM)).toBeNull();
});

it('raises lines, leaves letters their shape, and trusts less what a grid line hides', () => {
  const ink = palePage();
  const before = ink.data.slice();
  const certainty = blankRaster(WIDTH, 300);
  certainty.data.fill(0.9);
  raiseLines(ink, certainty, LINE, PX_PER_MM);
  expect(lineLevel(ink, PX_PER_MM)).toBeCloseTo(0.8, 2);
  for (let k = 25 * WIDTH; k < 60 * WIDTH; k++) expect(ink.data[k]).toBe(before[k]);
  expect(certainty.data[200 * WIDTH + 300]).toBeCloseTo(0.6, 2);
  expect(certainty.data[40 * WIDTH + 22]).toBeCloseTo(0.9, 2);
});
