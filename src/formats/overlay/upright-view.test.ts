import { describe, expect, it } from 'vitest';
import type { Raster } from '../../core/image/raster.ts';
import { paintPaleGray, uprightView } from './upright-view.ts';

/** 4x2, ink only at (3, 0). */
const IMAGE: Raster = {
  data: Uint8Array.from([255, 255, 255, 0, 255, 255, 255, 255]),
  width: 4,
  height: 2,
  channels: 1,
};

describe('uprightView', () => {
  it.each([
    [0, 4, 2, 3, 0],
    [1, 2, 4, 1, 3],
    [2, 4, 2, 0, 1],
    [3, 2, 4, 0, 0],
  ] as const)('turns by %i quarters clockwise and paints to match', (turns, width, height, x, y) => {
    const view = uprightView(4, 2, turns, 100);
    expect([view.width, view.height, view.scale]).toEqual([width, height, 1]);
    const point = { x: 0, y: 0 };
    view.toView(3, 0, point);
    expect(point).toEqual({ x, y });
    const picture = paintPaleGray(IMAGE, view, 1);
    const dark = Array.from({ length: width * (height + 1) }, (_, i) => picture.data[3 * i]!).findIndex(
      (v) => v < 200,
    );
    expect(dark).toBe((y + 1) * width + x);
  });

  it('reduces by averaging, centres on centres', () => {
    const view = uprightView(4, 2, 0, 2);
    expect([view.width, view.height, view.scale]).toEqual([2, 1, 0.5]);
    const point = { x: 0, y: 0 };
    view.toView(0.5, 0.5, point);
    expect(point).toEqual({ x: 0, y: 0 });
    const picture = paintPaleGray(IMAGE, view, 0);
    expect(picture.data[0]).toBe(255);
    expect(picture.data[3]).toBeLessThan(255);
  });

  it('pales coloured grids more than dark ink', () => {
    const data = Uint8Array.from([255, 60, 60, 40, 40, 40]);
    const picture = paintPaleGray({ data, width: 2, height: 1, channels: 3 }, uprightView(2, 1, 0, 9), 0);
    expect(picture.data[0]).toBe(255);
    expect(picture.data[3]).toBeLessThan(130);
  });
});
