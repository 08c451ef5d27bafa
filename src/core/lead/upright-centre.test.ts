import { expect, it } from 'vitest';
import { uprightCentre } from './upright-centre.ts';

it('measures the centre of a stroke to a tenth of a pixel, whatever crosses it', () => {
  const width = 40;
  const height = 30;
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    data[y * width + 19] = 0.25;
    data[y * width + 20] = 1;
    data[y * width + 21] = 1;
    data[y * width + 22] = 0.75;
  }
  for (let y = 12; y < 16; y++) for (let x = 20; x < 34; x++) data[y * width + x] = 1;
  const centre = uprightCentre({ data, width, height }, 18, 0, height, 4);
  expect(centre).toBeCloseTo((0.25 * 19 + 20 + 21 + 0.75 * 22) / 3, 1);
  expect(uprightCentre({ data, width, height }, 5, 0, height, 3)).toBeNull();
});
