import { expect, it } from 'vitest';
import type { Raster } from '../image/raster.ts';
import { softenHalftone } from './soften-halftone.ts';

const SIDE = 200;

function picture(isBlack: (x: number, y: number) => boolean, channels: 1 | 3 = 1): Raster {
  const data = new Uint8Array(SIDE * SIDE * channels).fill(255);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      if (isBlack(x, y)) data.fill(0, (y * SIDE + x) * channels, (y * SIDE + x + 1) * channels);
    }
  }
  return { data, width: SIDE, height: SIDE, channels };
}

const isStroke = (y: number): boolean => y % 20 < 4;

it.each([1, 3] as const)('makes strokes of loose dots whole, in %i channels', (channels) => {
  const soft = softenHalftone(picture((x, y) => isStroke(y) && (x + y) % 2 === 0, channels));
  expect(soft.channels).toBe(1);
  for (let x = 10; x < 190; x++) {
    expect(soft.data[101 * SIDE + x]).toBeGreaterThan(110);
    expect(soft.data[101 * SIDE + x]).toBeLessThan(180);
    expect(soft.data[112 * SIDE + x]).toBe(255);
  }
});

it('leaves whole strokes and pictures with grays alone', () => {
  const whole = picture((_, y) => isStroke(y));
  expect(softenHalftone(whole)).toBe(whole);
  const dots = picture((x, y) => (x + y) % 2 === 0);
  const gray = { ...dots, data: dots.data.map((value) => (value === 0 ? 60 : value)) };
  expect(softenHalftone(gray)).toBe(gray);
});
