import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomEcg } from '../synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../synthesis/ecg/simulate-ecg.ts';
import { renderPage } from '../synthesis/page/render-page.ts';
import { randomPageOptions } from '../synthesis/random-page/random-page-options.ts';
import type { SynthPreset } from '../synthesis/random-page/synth-preset.ts';
import { createRandom } from '../synthesis/random.ts';
import { lightPaper, showsLightLines } from './light-paper.ts';
import type { Raster } from './raster.ts';

/** Lines of one brightness, 12 pixels apart and 2 wide, on ground of another. */
function lined(ground: number, line: number, channels: 1 | 3 = 1): Raster {
  const [width, height] = [360, 240];
  const data = new Uint8Array(width * height * channels).fill(ground);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (y % 12 < 2) data.fill(line, (y * width + x) * channels, (y * width + x + 1) * channels);
    }
  }
  return { data, width, height, channels };
}

function drawn(preset: SynthPreset, seed: number): Raster {
  const random = createRandom(seed).fork(preset);
  const { leads, fs } = simulateEcg(randomEcg(random.fork('heart')), { seconds: 10, fs: 500, random });
  const options = randomPageOptions(random.fork('page'), preset, 10);
  return renderPage({ ...options, dpi: 90, signals: leads, fs }).raster;
}

test('dark lines on light or dim paper stay to the byte', () => {
  fc.assert(
    fc.property(fc.integer({ min: 30, max: 255 }), fc.integer({ min: 0, max: 20 }), (paper, ink) => {
      const page = lined(paper, ink);
      expect(lightPaper(page)).toBe(page);
    }),
  );
  for (const preset of ['photo', 'fax', 'screen'] as const) {
    for (const seed of [1, 2]) expect(showsLightLines(drawn(preset, seed))).toBe(false);
  }
});

test('light lines on dark ground become dark on light, and black however dim they were', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 80, max: 255 }),
      fc.constantFrom(1 as const, 3 as const),
      (ground, line, channels) => {
        const { data, ...size } = lightPaper(lined(ground, line, channels));
        expect(size).toEqual({ width: 360, height: 240, channels });
        expect(data[0]).toBeLessThanOrEqual(1);
        expect(data[6 * 360 * channels]).toBeGreaterThan(90);
        expect(showsLightLines({ data, ...size })).toBe(false);
      },
    ),
  );
  for (const seed of [1, 2, 3]) expect(showsLightLines(drawn('monitor', seed))).toBe(true);
});

test('paper on a black desk, and a page without any detail, are left alone', () => {
  const page = lined(10, 10);
  for (let y = 60; y < 160; y++) page.data.fill(y % 12 < 2 ? 90 : 220, y * 360 + 80, y * 360 + 200);
  expect(lightPaper(page)).toBe(page);
  const black = lined(0, 0);
  expect(lightPaper(black)).toBe(black);
});
