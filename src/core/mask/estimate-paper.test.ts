import { expect, it } from 'vitest';
import { estimatePaper } from './estimate-paper.ts';

it('sees through grid and text to the paper, under a slope of light', () => {
  const width = 320;
  const height = 160;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = 240 - (100 * x) / width;
      data[y * width + x] = x % 8 === 0 || y % 8 === 0 ? 0.8 * light : light;
    }
  }
  for (let y = 60; y < 75; y++) for (let x = 60; x < 78; x++) data[y * width + x] = 0;
  const paper = estimatePaper({ data, width, height, channels: 1 }, 40);
  expect([paper.columns, paper.rows]).toEqual([8, 4]);
  for (let row = 0; row < 4; row++) {
    for (let column = 1; column < 7; column++) {
      const light = 240 - (100 * (column * 40 + 20)) / width;
      expect(Math.abs(paper.levels[row * 8 + column]! - light)).toBeLessThan(8);
    }
  }
});
