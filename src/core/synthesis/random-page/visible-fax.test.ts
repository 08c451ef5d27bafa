import { describe, expect, it } from 'vitest';
import { randomEcg } from '../ecg/random-ecg.ts';
import { simulateEcg } from '../ecg/simulate-ecg.ts';
import { renderPage } from '../page/render-page.ts';
import { createRandom } from '../random.ts';
import { randomPageOptions } from './random-page-options.ts';

/** Share of the points of all traces at which ink is seen, and share of dark pixels of the page. */
function inkSeen(seed: number) {
  const random = createRandom(seed);
  const { leads, fs } = simulateEcg(randomEcg(random.fork('heart')), { seconds: 10, fs: 200, random });
  const options = randomPageOptions(random.fork('page'), 'faint-fax', 10);
  const { raster, truth } = renderPage({ ...options, dpi: Math.min(options.dpi!, 150), signals: leads, fs });
  const { data, width, height } = raster;
  const isBilevel = options.conditions!.colours === 'bilevel';
  const paper = data.toSorted()[data.length >> 1]!;
  const limit = isBilevel ? 128 : paper - 16;
  let [seen, all] = [0, 0];
  for (const { tracePx } of truth.cells) {
    for (let k = 0; k + 1 < tracePx.length; k += 2) {
      const [x, y] = [Math.round(tracePx[k]!), Math.round(tracePx[k + 1]!)];
      if (x < 1 || y < 1 || x > width - 2 || y > height - 2) continue;
      let darkest = 255;
      for (let dy = -1; dy <= 1; dy++) darkest = Math.min(darkest, data[(y + dy) * width + x]!);
      if (darkest <= limit) seen++;
      all++;
    }
  }
  const dark = data.reduce((sum, v) => sum + (v <= limit ? 1 : 0), 0) / data.length;
  return { share: seen / all, dark, isBilevel };
}

describe('visibleFax', () => {
  it('keeps the traces of a nearly faded fax visible, on white paper', { timeout: 60_000 }, () => {
    for (let seed = 1; seed <= 4; seed++) {
      const { share, dark, isBilevel } = inkSeen(seed);
      expect(share, `seed ${seed}`).toBeGreaterThan(0.8);
      if (isBilevel) expect(dark, `seed ${seed}`).toBeLessThan(0.3);
    }
  });
});
