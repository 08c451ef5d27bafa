import { expect, test } from 'vitest';
import { randomEcg } from '../synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../synthesis/ecg/simulate-ecg.ts';
import { renderPage } from '../synthesis/page/render-page.ts';
import { randomPageOptions } from '../synthesis/random-page/random-page-options.ts';
import type { SynthPreset } from '../synthesis/random-page/synth-preset.ts';
import { createRandom } from '../synthesis/random.ts';
import { pictureStyle, STYLE_ENTRIES, styleDistance } from './picture-style.ts';

function styleOf(preset: SynthPreset, seed: number): Float32Array {
  const random = createRandom(seed).fork(preset);
  const { leads, fs } = simulateEcg(randomEcg(random.fork('heart')), { seconds: 10, fs: 500, random });
  const options = randomPageOptions(random.fork('page'), preset, 10);
  return pictureStyle(renderPage({ ...options, dpi: 90, signals: leads, fs }).raster);
}

test('a page looks most like others of its kind', () => {
  const kinds = ['plain', 'monitor', 'dotted-blue'] as const;
  const pages = kinds.flatMap((kind) => [1, 2, 3, 4].map((seed) => ({ kind, style: styleOf(kind, seed) })));
  for (const page of pages) {
    expect(page.style).toHaveLength(STYLE_ENTRIES.length);
    expect(page.style.every(Number.isFinite)).toBe(true);
    const nearest = pages
      .filter((one) => one !== page)
      .sort((a, b) => styleDistance(a.style, page.style) - styleDistance(b.style, page.style))[0]!;
    expect(nearest.kind).toBe(page.kind);
  }
});

test('pictures of any size and of one channel have a style', () => {
  const style = pictureStyle({ data: new Uint8Array(40 * 30).fill(200), width: 40, height: 30, channels: 1 });
  expect(style.every(Number.isFinite)).toBe(true);
  expect(style[1]).toBe(0);
});
