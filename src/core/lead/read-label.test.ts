import { describe, expect, it } from 'vitest';
import { extractInk } from '../mask/extract-ink.ts';
import type { Rectification } from '../page/rectification.ts';
import { randomEcg } from '../synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../synthesis/ecg/simulate-ecg.ts';
import { renderPage } from '../synthesis/page/render-page.ts';
import { createRandom } from '../synthesis/random.ts';
import { LABEL_CLASSES } from './label-net.ts';
import { readLabel } from './read-label.ts';

describe('readLabel', () => {
  it.each([90, 200])('reads lettered names exactly and numerals as numerals at %i dpi', (dpi) => {
    const random = createRandom(11);
    const { leads } = simulateEcg(randomEcg(random, 'normal'), { seconds: 10.2, fs: 500, random });
    const { raster, truth } = renderPage({
      signals: leads,
      fs: 500,
      layout: '12x1',
      dpi,
      paperMm: [279.4, 300],
    });
    const rectification = { canonicalPxPerMm: dpi / 25.4, gridKind: 'colour' } as Rectification;
    const { coverage } = extractInk({ raster, rectification }).value;
    for (const { lead, labelBox } of truth.cells) {
      const probabilities = readLabel(coverage, labelBox!);
      const read = LABEL_CLASSES[probabilities.indexOf(Math.max(...probabilities))];
      // Which numeral is settled by the layout: bare bars differ in nothing but their number.
      if (/^I+$/.test(lead)) expect(read).toMatch(/^I+$/);
      else expect(read).toBe(lead);
    }
  });
});
