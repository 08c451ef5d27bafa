import { expect, it } from 'vitest';
import type { Raster } from '../image/raster.ts';
import { hideSurroundings } from './hide-surroundings.ts';

const STEP = 40;
const COLUMNS = 22;
const ROWS = 16;

/** Pale paper with a grid from 90 to 790 and 70 to 530 on a dark desk. */
function deskPage(): Raster {
  const width = (COLUMNS - 1) * STEP + 1;
  const height = (ROWS - 1) * STEP + 1;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const paper = x >= 90 && x < 790 && y >= 70 && y < 530;
      const line = x % 8 === 0 || y % 8 === 0;
      const colour = paper ? (line ? [240, 190, 190] : [245, 235, 230]) : [90 + ((y * 7) % 20), 70, 50];
      data.set(colour, (y * width + x) * 3);
    }
  }
  return { data, width, height, channels: 3 };
}

/** Agreement of the grid at the nodes that lie on the paper of {@link deskPage}. */
function paperAgreement(): Float32Array {
  const agreement = new Float32Array(COLUMNS * ROWS);
  for (let j = 0; j < ROWS; j++) {
    for (let i = 0; i < COLUMNS; i++) {
      const inside = i * STEP >= 90 && i * STEP < 790 && j * STEP >= 70 && j * STEP < 530;
      agreement[j * COLUMNS + i] = inside ? 0.9 : 0.1;
    }
  }
  return agreement;
}

it.each([
  ['plain', 3],
  ['bold', 7],
])('takes a line of %s print along the edge for no edge', (_, gap) => {
  const page = deskPage();
  const inPrint = (x: number, y: number) => x >= 200 && x < 420 && y >= 496 && y < 516;
  for (let y = 496; y < 516; y++) {
    for (let x = 200; x < 420; x++)
      if ((x >> 3) % gap < gap - 1)
        page.data.fill(20, (y * page.width + x) * 3, (y * page.width + x) * 3 + 3);
  }
  const before = Uint8Array.from(page.data);
  hideSurroundings(page, STEP, COLUMNS, ROWS, paperAgreement(), () => false);
  let lost = 0;
  for (let y = 490; y < 525; y++) {
    for (let x = 190; x < 430; x++) {
      const at = (y * page.width + x) * 3;
      if (inPrint(x, y) && page.data[at] !== before[at]) lost++;
    }
  }
  expect(lost).toBe(0);
});

it('paints the desk around the paper and spares every pixel of the paper', () => {
  const page = deskPage();
  const before = Uint8Array.from(page.data);
  hideSurroundings(page, STEP, COLUMNS, ROWS, paperAgreement(), () => false);
  let dark = 0;
  let touched = 0;
  for (let y = 0; y < page.height; y++) {
    for (let x = 0; x < page.width; x++) {
      const at = (y * page.width + x) * 3;
      if (page.data[at]! < 150) dark++;
      const deepInside = x >= 100 && x < 780 && y >= 80 && y < 520;
      if (deepInside && page.data[at] !== before[at]) touched++;
    }
  }
  expect(dark).toBe(0);
  expect(touched).toBe(0);
});
