import { describe, expect, it } from 'vitest';
import type { Raster } from '../image/raster.ts';
import { rectifyPage } from '../page/rectify-page.ts';
import { createRandom, type Random } from '../synthesis/random.ts';
import { meshScale } from './measure-grid.ts';
import { measureSpeckGrid } from './measure-speck-grid.ts';

const WIDTH = 1400;
const HEIGHT = 900;

/** White paper with black dots at the given places. */
function specked(dots: readonly (readonly [number, number])[]): Raster {
  const data = new Uint8Array(WIDTH * HEIGHT).fill(255);
  for (const [x, y] of dots) {
    const [i, j] = [Math.round(x), Math.round(y)];
    if (i >= 0 && j >= 0 && i < WIDTH && j < HEIGHT) data[j * WIDTH + i] = 0;
  }
  return { data, width: WIDTH, height: HEIGHT, channels: 1 };
}

function scattered(random: Random, count: number): (readonly [number, number])[] {
  return Array.from({ length: count }, () => [random.uniform(0, WIDTH), random.uniform(0, HEIGHT)] as const);
}

/** A few of the dots of lines `across` and `down` pixels apart, turned by `degrees`. */
function gridDots(random: Random, across: number, down: number, degrees: number, share: number) {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const dots: (readonly [number, number])[] = [];
  for (let v = -50; v < 80; v++) {
    for (let u = -50; u < 80; u++) {
      if (!random.chance(share)) continue;
      // On the crossing, or somewhere on one of its lines.
      const kind = random.integer(0, 2);
      const x = across * (u + (kind === 1 ? random.uniform(0, 1) : 0));
      const y = down * (v + (kind === 2 ? random.uniform(0, 1) : 0));
      dots.push([200 + x * cos - y * sin, 150 + x * sin + y * cos]);
    }
  }
  return dots;
}

describe('measureSpeckGrid', () => {
  it.each([
    [6.83, 5.91, 0.2],
    [5.91, 5.91, -1.4],
    [3.9, 4.1, 0],
  ])('finds %d x %d pixels per mm turned by %d degrees', (pxPerMmX, pxPerMmY, degrees) => {
    const random = createRandom(5);
    const dots = gridDots(random, 5 * pxPerMmX, 5 * pxPerMmY, degrees, 0.15);
    const grid = measureSpeckGrid(specked([...dots, ...scattered(random, 60)]))!;
    const scale = meshScale(grid.mesh);
    expect(scale.pxPerMmX / pxPerMmX).toBeCloseTo(1, 2.7);
    expect(scale.pxPerMmY / pxPerMmY).toBeCloseTo(1, 2.7);
    // A node stands on a crossing: whole boxes from where the dots were drawn.
    const [dx, dy] = [grid.mesh.xs[0]! - 200, grid.mesh.ys[0]! - 150];
    const turn = (degrees * Math.PI) / 180;
    const boxes = (dx * Math.cos(turn) + dy * Math.sin(turn)) / (5 * pxPerMmX);
    expect(Math.abs(boxes - Math.round(boxes))).toBeLessThan(0.05);
  });

  it('takes pieces of lines for what they are: their middles lie between the lines that cut them', () => {
    const dots: (readonly [number, number])[] = [];
    for (let v = 1; v < 29; v++) {
      for (let u = 1; u < 46; u++) {
        for (let d = -6; d <= 6; d++) {
          if ((u + v) % 3 === 0) dots.push([30 * u + 15 + d, 30 * v]);
          if ((u + v) % 3 === 1) dots.push([30 * u, 30 * v + 15 + d]);
        }
      }
    }
    const { pxPerMmX, pxPerMmY } = meshScale(measureSpeckGrid(specked(dots))!.mesh);
    expect(pxPerMmX).toBeCloseTo(6, 2);
    expect(pxPerMmY).toBeCloseTo(6, 2);
  });

  it('finds none where specks lie anywhere, or in lines of one direction', () => {
    const random = createRandom(8);
    expect(measureSpeckGrid(specked(scattered(random, 900)))).toBeNull();
    const rows = scattered(random, 900).map(([x, y]) => [x, 30 * Math.round(y / 30)] as const);
    expect(measureSpeckGrid(specked(rows))).toBeNull();
  });
});

it('rectifyPage lays a page on the grid that its specks show', () => {
  const { rectification } = rectifyPage(specked(gridDots(createRandom(3), 34.2, 29.5, 0.3, 0.15))).value;
  expect(rectification.gridKind).toBe('bilevel');
  expect(rectification.pxPerMmX).toBeCloseTo(6.84, 1);
  expect(rectification.pxPerMmY).toBeCloseTo(5.9, 1);
});
