import { describe, expect, it } from 'vitest';
import type { Raster } from '../../image/raster.ts';
import { createRandom } from '../random.ts';
import { applyLight } from './apply-light.ts';
import { applySensor } from './apply-sensor.ts';
import { turnRaster } from './turn-raster.ts';

function plain(width: number, height: number, value: number): Raster {
  return { data: new Uint8Array(width * height * 3).fill(value), width, height, channels: 3 };
}
const mean = (data: Uint8Array) => data.reduce((a, b) => a + b, 0) / data.length;

describe('applySensor', () => {
  it('leaves a picture alone unless told otherwise', () => {
    const page = plain(8, 8, 77);
    expect(applySensor(page, {}, createRandom(1))).toBe(page);
  });

  it('blurs without changing the mean', () => {
    const page = plain(40, 40, 100);
    page.data.fill(200, 3 * (20 * 40 + 20), 3 * (20 * 40 + 21));
    const { data } = applySensor(page, { blurPx: 1.5 }, createRandom(1));
    expect(data[3 * (20 * 40 + 20)]!).toBeLessThan(120);
    expect(data[3 * (20 * 40 + 21)]!).toBeGreaterThan(100);
    expect(mean(data)).toBeCloseTo(mean(page.data), 0);
  });

  it('adds noise of the asked strength', () => {
    const { data } = applySensor(plain(100, 100, 128), { noise: 5 }, createRandom(1));
    const deviation = Math.sqrt(data.reduce((sum, v) => sum + (v - 128) ** 2, 0) / data.length);
    expect(deviation).toBeCloseTo(5, 0);
  });

  it('reduces colours', () => {
    const page = plain(2, 1, 0);
    page.data.set([255, 0, 0, 255, 255, 255]);
    expect([...applySensor(page, { colours: 'gray' }, createRandom(1)).data]).toEqual([76, 255]);
    expect([...applySensor(page, { colours: 'bilevel' }, createRandom(1)).data]).toEqual([0, 255]);
  });

  it('keeps smooth blocks and spoils sharp ones at low JPEG quality', () => {
    const smooth = applySensor(plain(16, 16, 90), { jpegQuality: 20 }, createRandom(1));
    expect(Math.abs(mean(smooth.data) - 90)).toBeLessThan(4);
    const dot = plain(8, 8, 255);
    dot.data.fill(0, 3 * 27, 3 * 28);
    const { data } = applySensor(dot, { jpegQuality: 20 }, createRandom(1));
    expect(data[3 * 27]!).toBeGreaterThan(60);
  });
});

describe('applyLight', () => {
  it('only ever darkens, and tints', () => {
    const page = plain(200, 150, 200);
    applyLight(
      page,
      { x0: 0, y0: 0, x1: 200, y1: 150 },
      page,
      { shadow: 0.5, vignette: 0.3, light: [255, 240, 200] },
      createRandom(3),
    );
    expect(Math.max(...page.data)).toBeLessThanOrEqual(200);
    expect(Math.min(...page.data)).toBeLessThan(120);
    expect(page.data[2]! / page.data[0]!).toBeCloseTo(200 / 255, 1);
  });
});

describe('turnRaster', () => {
  it('turns clockwise', () => {
    const picture: Raster = { data: Uint8Array.of(1, 2, 3, 4, 5, 6), width: 3, height: 2, channels: 1 };
    expect(turnRaster(picture, 1)).toEqual({
      data: Uint8Array.of(4, 1, 5, 2, 6, 3),
      width: 2,
      height: 3,
      channels: 1,
    });
    expect([...turnRaster(picture, 2).data]).toEqual([6, 5, 4, 3, 2, 1]);
  });
});
