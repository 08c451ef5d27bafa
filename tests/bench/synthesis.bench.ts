import { randomEcg } from '../../src/core/synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../../src/core/synthesis/ecg/simulate-ecg.ts';
import { renderPage } from '../../src/core/synthesis/page/render-page.ts';
import { randomPageOptions } from '../../src/core/synthesis/random-page/random-page-options.ts';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { renderTrainingPage } from '../../src/core/synthesis/training/training-page.ts';
import type { BenchRow } from './bench-row.ts';

const PAGES = 24;
const PARTS = 40;
const WARM_UP = 4;

/** Mixed pages of 2200 x 1700 pixels and training parts of 640 x 640, one thread. */
export default async function benchSynthesis(): Promise<BenchRow[]> {
  const random = createRandom(1);
  const ecg = simulateEcg(randomEcg(random), { seconds: 10, fs: 500, random });
  const signals = ecg.leads;

  const drawPage = (seed: number) => {
    const page = randomPageOptions(createRandom(seed), 'mixed', 10);
    const width = page.paperMm![0];
    // Same size for all: the paper may differ, the picture is as wide as letter paper at 200 dpi.
    renderPage({
      ...page,
      dpi: Math.min(600, (2200 / width) * 25.4),
      paperMm: [width, (width * 17) / 22],
      scale: [1, 1],
      signals,
      fs: 500,
    });
  };
  const drawPart = (seed: number) => {
    renderTrainingPage({ signals, fs: 500 }, { seed, crop: { widthPx: 640, heightPx: 640 } });
  };
  const perSecond = (count: number, draw: (seed: number) => void) => {
    for (let seed = 0; seed < WARM_UP; seed++) draw(seed);
    const started = performance.now();
    for (let seed = WARM_UP; seed < WARM_UP + count; seed++) draw(seed);
    return (1000 * count) / (performance.now() - started);
  };
  return [
    {
      name: 'mixed pages of 2200 x 1700',
      value: perSecond(PAGES, drawPage),
      unit: 'pages/s',
      goal: { atLeast: 1 },
    },
    {
      name: 'training parts of 640 x 640',
      value: perSecond(PARTS, drawPart),
      unit: 'parts/s',
      goal: { atLeast: 4 },
    },
  ];
}
