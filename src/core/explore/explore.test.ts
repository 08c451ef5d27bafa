import { describe, expect, it } from 'vitest';
import type { Raster } from '../image/raster.ts';
import { randomEcg } from '../synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../synthesis/ecg/simulate-ecg.ts';
import { renderPage } from '../synthesis/page/render-page.ts';
import { createRandom } from '../synthesis/random.ts';
import { correlationMatrix } from './correlation-matrix.ts';
import { nameBars, numberBars } from './distributions.ts';
import { lookAtRaster } from './look-at-raster.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { perceptualHash } from './perceptual-hash.ts';
import { signalStatistics } from './signal-statistics.ts';

/** Pages of one printer: the same paper, another patient. */
function page(seed: number, dpi = 100): Raster {
  const random = createRandom(seed);
  const { leads } = simulateEcg(randomEcg(random), { seconds: 10, fs: 500, random });
  return renderPage({ signals: leads, fs: 500, dpi, layout: '3x4+1' }).raster;
}

describe('nearDuplicates', () => {
  it('finds a page again at another size and brightness, and tells patients apart on the same paper', () => {
    const first = page(1);
    const brighter = { ...first, data: first.data.map((v) => Math.min(255, Math.round(v * 1.06))) };
    const pages = [first, page(2), page(1, 80), page(3), brighter].map((raster, id) => ({
      id,
      hash: perceptualHash(raster),
    }));
    expect(nearDuplicates(pages)).toEqual([[0, 2, 4]]);
  });
});

describe('lookAtRaster', () => {
  const paint = (of: (x: number, y: number) => readonly [number, number, number]): Raster => {
    const data = new Uint8Array(90 * 60 * 3);
    for (let i = 0; i < 90 * 60; i++) data.set(of(i % 90, Math.floor(i / 90)), 3 * i);
    return { data, width: 90, height: 60, channels: 3 };
  };

  it('tells colour, gray and bilevel pages', () => {
    expect(lookAtRaster(paint((x) => (x % 9 === 0 ? [240, 150, 150] : [250, 250, 245]))).colour).toBe(
      'colour',
    );
    expect(lookAtRaster(paint((x) => [x * 2, x * 2, x * 2])).colour).toBe('gray');
    expect(lookAtRaster(paint((x, y) => (x % 7 === y % 5 ? [0, 0, 0] : [255, 255, 255]))).colour).toBe(
      'bilevel',
    );
  });

  it('measures brightness, contrast and sharpness', () => {
    const crisp = lookAtRaster(paint((x) => (x % 20 < 10 ? [50, 50, 50] : [150, 150, 150])));
    expect(crisp.brightness).toBeCloseTo(100, -1);
    expect(crisp.contrast).toBeCloseTo(50, -1);
    const soft = lookAtRaster(
      paint((x) => {
        const v = 100 + 50 * Math.sin((2 * Math.PI * x) / 20);
        return [v, v, v];
      }),
    );
    expect(soft.sharpness).toBeLessThan(crisp.sharpness / 2);
  });
});

describe('bars', () => {
  it('puts names in order of their number, the rest in one bar', () => {
    const values = Array.from({ length: 40 }, (_, id) => ({
      id,
      value: id < 25 ? 'a' : id === 39 ? null : `n${id}`,
    }));
    const bars = nameBars(values, 'none');
    expect(bars[0]).toEqual({ label: 'a', ids: values.slice(0, 25).map(({ id }) => id) });
    expect(bars.at(-1)).toEqual({ label: 'none', ids: [39] });
    expect(bars.at(-2)!.label).toBe('4 others');
    expect(bars.flatMap(({ ids }) => ids)).toHaveLength(40);
  });

  it('puts numbers in round bins, every page in one', () => {
    const values = [0.3, 1, 1.9, 2, 9.99, 10, null].map((value, id) => ({ id, value }));
    const bars = numberBars(values, 5);
    expect(bars.map(({ label }) => label)).toEqual([
      '0 to 2',
      '2 to 4',
      '4 to 6',
      '6 to 8',
      '8 to 10',
      '10 to 12',
    ]);
    expect(bars.map(({ ids }) => ids)).toEqual([[0, 1, 2], [3], [], [], [4], [5]]);
    expect(numberBars([{ id: 1, value: 7 }], 5).map(({ ids }) => ids)).toEqual([[1]]);
    expect(numberBars([{ id: 1, value: null }], 5)).toEqual([]);
  });
});

describe('correlationMatrix', () => {
  it('correlates over the pages that have both', () => {
    const matrix = correlationMatrix([
      { name: 'a', values: [1, 2, 3, 4, null] },
      { name: 'b', values: [2, 4, 6, null, 1] },
      { name: 'c', values: [5, 5, 5, 5, 5] },
      { name: 'd', values: [3, 2, 1, 0, 9] },
    ]);
    expect(matrix[0]![1]).toBeCloseTo(1, 12);
    expect(matrix[0]![3]).toBeCloseTo(-1, 12);
    expect(matrix[2]!.every(Number.isNaN)).toBe(true);
    expect(matrix[1]![1]).toBe(1);
  });
});

describe('signalStatistics', () => {
  it('tells rate, amplitude and how much is known', () => {
    const random = createRandom(3);
    const parameters = { ...randomEcg(random, 'normal'), heartRate: 72, rateVariability: 0 };
    const { leads } = simulateEcg(parameters, { seconds: 10, fs: 500, random });
    const millivolts = leads.get('II')!.slice();
    millivolts.fill(NaN, 0, 500);
    const { heartRate, amplitudeMillivolts, tracedShare } = signalStatistics([
      {
        cellId: 'r0c0',
        lead: 'II',
        role: 'rhythm',
        startSeconds: 0,
        fs: 500,
        millivolts,
        confidence: new Float32Array(5000),
      },
    ]);
    expect(heartRate).toBeCloseTo(72, 0);
    expect(amplitudeMillivolts).toBeGreaterThan(0.4);
    expect(tracedShare).toBeCloseTo(0.9, 6);
    expect(signalStatistics([])).toEqual({ heartRate: null, amplitudeMillivolts: null, tracedShare: null });
  });
});
