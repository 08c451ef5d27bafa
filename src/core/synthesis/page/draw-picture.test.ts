import { describe, expect, it } from 'vitest';
import { cropRaster } from '../../image/crop-raster.ts';
import { randomEcg } from '../ecg/random-ecg.ts';
import { simulateEcg } from '../ecg/simulate-ecg.ts';
import { createRandom } from '../random.ts';
import type { PageConditions } from '../conditions/page-conditions.ts';
import { drawPage } from './draw-page.ts';
import { drawPicture, planPage } from './draw-picture.ts';
import { resolvePageOptions } from './page-options.ts';

const random = createRandom(2);
const ecg = simulateEcg(randomEcg(random, 'normal'), { seconds: 10, fs: 250, random });

/** Everything that depends on the place only; noise and block artefacts start anew in every part. */
const CONDITIONS: [string, PageConditions][] = [
  ['flat', { stains: 2, mould: 1, highlights: 1, specks: 20, scratches: 2 }],
  [
    'bent',
    {
      rotationDegrees: 3,
      perspective: 0.03,
      curlMm: 1.5,
      creases: 2,
      crumple: { depth: 0.4, sizeMm: 20, shiftMm: 0.2 },
      missing: { punchedHoles: 4, tornSides: 1, tornCorners: 1 },
      surround: { share: 0.03, colour: [80, 60, 40], texture: 'wood' },
      shadow: 0.3,
      vignette: 0.2,
      gradient: 0.3,
      hardShadow: 0.3,
      glare: { spots: 2, strength: 60 },
    },
  ],
];

describe('drawPicture', () => {
  it.each(CONDITIONS)('draws a part of a %s page as the whole page has it', (_, conditions) => {
    const options = resolvePageOptions({
      signals: ecg.leads,
      fs: 250,
      layout: '3x4+1',
      dpi: 90,
      seed: 12,
      conditions,
    });
    const drawing = drawPage(options);
    const plan = planPage(options);
    const { width, height } = plan.picture;
    const whole = drawPicture(drawing, options, plan, { x0: 0, y0: 0, x1: width, y1: height });
    const frame = { x0: 320, y0: 192, x1: 640, y1: 448 };
    const part = drawPicture(drawing, options, plan, frame);
    const cut = cropRaster(whole, frame);
    let different = 0;
    for (let i = 0; i < cut.data.length; i++) {
      if (Math.abs(cut.data[i]! - part.data[i]!) > 2) different++;
    }
    // The fields of crumples and torn edges are sampled from the corner of what is painted.
    expect(different / cut.data.length).toBeLessThan(0.02);
  });
});
