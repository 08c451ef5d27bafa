import { expect, it } from 'vitest';
import type { Raster } from '../image/raster.ts';
import { printSkewDegrees } from './print-skew.ts';

const WIDTH = 1400;
const HEIGHT = 1000;

/** Four rows of beats on white paper, whose baselines rise by `driftPx`, turned by so many degrees clockwise. */
function page(degrees: number, driftPx = 0, ink = 20): Raster {
  const data = new Uint8Array(WIDTH * HEIGHT).fill(250);
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const dot = (x: number, y: number): void => {
    const u = x - WIDTH / 2;
    const v = y - HEIGHT / 2;
    const px = Math.round(WIDTH / 2 + u * cos - v * sin);
    const py = Math.round(HEIGHT / 2 + u * sin + v * cos);
    for (const [dx, dy] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const)
      data[(py + dy) * WIDTH + px + dx] = ink;
  };
  for (const [row, period] of [97, 113, 89, 103].entries()) {
    for (let x = 150; x < WIDTH - 150; x += 0.5) {
      const baseline = 250 + 160 * row - (driftPx * x) / WIDTH;
      const phase = x % period;
      const peak = Math.abs(phase - 30) < 3 ? 60 * (1 - Math.abs(phase - 30) / 3) : 0;
      dot(x, baseline - peak - 8 * Math.exp(-(((phase - 60) / 8) ** 2)));
      if (Math.abs(phase - 30) < 0.3) for (let y = 0; y < 60; y++) dot(x, baseline - y);
    }
  }
  return { data, width: WIDTH, height: HEIGHT, channels: 1 };
}

it.each([-6.3, -1.2, 2.5, 9])('finds a page turned by %s degrees', (degrees) => {
  expect(Math.abs(printSkewDegrees(page(degrees)) - degrees)).toBeLessThan(0.35);
});

it('leaves a straight page as it is, also where its baselines drift', () => {
  expect(printSkewDegrees(page(0))).toBe(0);
  expect(printSkewDegrees(page(0, 9))).toBe(0);
});

it('finds how a pale page is turned by its traces, not by the bar over a name', () => {
  const raster = page(-1.2, 0, 225);
  for (let y = 60; y < 110; y++) {
    const x0 = 180 + Math.round((y * 5) % 3);
    for (let x = x0; x < x0 + 260; x++) raster.data[(y + Math.round(0.09 * (x - 180))) * WIDTH + x] = 15;
  }
  expect(Math.abs(printSkewDegrees(raster) + 1.2)).toBeLessThan(0.35);
});

it('says nothing of blank paper', () => {
  const blank = { data: new Uint8Array(400 * 300).fill(240), width: 400, height: 300, channels: 1 } as const;
  expect(printSkewDegrees(blank)).toBe(0);
});
