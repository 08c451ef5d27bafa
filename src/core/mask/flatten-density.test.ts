import { expect, it } from 'vitest';
import { blankRaster, drawTrace } from '../../../tests/fixtures/draw-trace.ts';
import { flattenDensity } from './flatten-density.ts';

it('takes a broad crease out and leaves a stroke across it', () => {
  const density = blankRaster(240, 120);
  drawTrace(
    density,
    [
      [0, 60],
      [239, 60],
    ],
    2,
  );
  for (let y = 0; y < 120; y++) {
    for (let x = 90; x < 150; x++) {
      const i = y * 240 + x;
      density.data[i] = 1 - 0.5 * (1 - density.data[i]!);
    }
  }
  flattenDensity(density, 8);
  for (const x of [40, 120, 200]) {
    expect(Math.abs(density.data[20 * 240 + x]!)).toBeLessThan(0.03);
    expect(density.data[60 * 240 + x]!).toBeGreaterThan(0.9);
  }
});
