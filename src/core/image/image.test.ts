import { expect, test } from 'vitest';
import { boxMean } from './box-mean.ts';
import { cropRaster } from './crop-raster.ts';
import { fft, planFft } from './fft.ts';
import { reduceChannel } from './reduce-channel.ts';
import { solveLinear } from './solve-linear.ts';
import { warpRaster } from './warp-raster.ts';

test('boxMean averages the part of the window that lies inside', () => {
  expect([...boxMean({ data: Float32Array.of(0, 3, 6), width: 3, height: 1 }, 1).data]).toEqual([
    1.5, 3, 4.5,
  ]);
});

test('reduceChannel averages blocks of one channel', () => {
  const data = Uint8Array.of(0, 1, 9, 10, 1, 9, 20, 1, 9, 30, 1, 9);
  expect([...reduceChannel({ data, width: 2, height: 2, channels: 3 }, 2, 0).data]).toEqual([15]);
});

test('cropRaster cuts the box to the raster', () => {
  const raster = { data: Uint8Array.of(1, 2, 3, 4, 5, 6), width: 3, height: 2, channels: 1 as const };
  const piece = cropRaster(raster, { x0: 1, y0: 0, x1: 9, y1: 2 });
  expect([piece.width, piece.height, ...piece.data]).toEqual([2, 2, 2, 3, 5, 6]);
});

test('fft turns a cosine into its two lines', () => {
  const re = Float64Array.from({ length: 8 }, (_, n) => Math.cos((2 * Math.PI * n) / 8));
  const im = new Float64Array(8);
  fft(planFft(8), re, im);
  expect(re[1]).toBeCloseTo(4, 12);
  expect(re[7]).toBeCloseTo(4, 12);
  expect(Math.hypot(...im, re[0] as number, re[2] as number)).toBeCloseTo(0, 12);
});

test('solveLinear pivots, and refuses singular systems', () => {
  expect([...(solveLinear(Float64Array.of(0, 2, 4, 0), Float64Array.of(6, 8)) as Float64Array)]).toEqual([
    2, 3,
  ]);
  expect(solveLinear(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 2))).toBeNull();
});

test('warpRaster keeps pixels under a whole shift and fills what lies outside', () => {
  const data = Uint8Array.from({ length: 64 }, (_, at) => (at * 37) % 251);
  const source = { data, width: 8, height: 8, channels: 1 as const };
  const nodes = {
    stepPx: 8,
    columns: 2,
    rows: 2,
    xs: Float32Array.of(2, 10, 2, 10),
    ys: Float32Array.of(1, 1, 9, 9),
  };
  const out = warpRaster(source, nodes, 8, 8, [99]);
  expect(out.data[0]).toBe(data[1 * 8 + 2]);
  expect(out.data[3 * 8 + 4]).toBe(data[4 * 8 + 6]);
  expect(out.data[7 * 8 + 7]).toBe(99);
});
