import { simulateEcg } from '../../src/core/synthesis/ecg/simulate-ecg.ts';
import { randomEcg } from '../../src/core/synthesis/ecg/random-ecg.ts';
import { renderPage } from '../../src/core/synthesis/page/render-page.ts';
import { randomPageOptions } from '../../src/core/synthesis/random-page/random-page-options.ts';
import { createRandom } from '../../src/core/synthesis/random.ts';
import type { DrawnSource } from './page-task.ts';

/** Draws a page of a preset; the same hearts and layouts for all presets. */
export function drawnPage({ preset, seed, part, k, dpi }: DrawnSource): ReturnType<typeof renderPage> {
  const random = createRandom(seed).fork(`${part} ${k}`);
  const { leads, fs } = simulateEcg(randomEcg(random.fork('heart')), { seconds: 10, fs: 500, random });
  const options = randomPageOptions(random.fork('page'), preset, 10);
  return renderPage({ ...options, dpi: Math.min(options.dpi!, dpi), signals: leads, fs });
}
