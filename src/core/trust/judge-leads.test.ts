import { beforeAll, describe, expect, it } from 'vitest';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import { randomEcg } from '../synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../synthesis/ecg/simulate-ecg.ts';
import type { PageOptions } from '../synthesis/page/page-options.ts';
import { renderPage } from '../synthesis/page/render-page.ts';
import { createRandom } from '../synthesis/random.ts';
import { limbMisfits } from './limb-misfits.ts';
import { unexplainedInk } from './unexplained-ink.ts';

const random = createRandom(23);
const ecg = simulateEcg(randomEcg(random, 'normal'), { seconds: 10, fs: 500, random });
const digitize = (options: Partial<PageOptions> = {}): Promise<Digitization> =>
  digitizePage(renderPage({ signals: ecg.leads, fs: ecg.fs, layout: '6x2', dpi: 100, ...options }).raster);

describe('trust in leads and pages', () => {
  let clean: Digitization;
  beforeAll(async () => {
    clean = await digitize();
  });

  it('is high on a clean page, for every lead, and within 0..1', () => {
    expect(clean.confidence).toBeGreaterThan(0.8);
    for (const { trust } of clean.signals) {
      expect(trust).toBeGreaterThan(0.6);
      expect(trust).toBeLessThanOrEqual(1);
    }
  });

  it('falls with the quality of the picture', async () => {
    const noisy = await digitize({ dpi: 75, conditions: { blurPx: 1.6, noise: 16 } });
    expect(noisy.confidence).toBeLessThan(clean.confidence - 0.1);
  });

  it('falls where rows run into each other', async () => {
    const crowded = await digitize({ rowSpread: 0.3, gainMmPerMillivolt: 20 });
    expect(crowded.confidence).toBeLessThan(clean.confidence - 0.1);
  });

  it('is lower where print and pulses contradict each other', async () => {
    const contradicted = await digitize({ footer: '25mm/s   20mm/mV' });
    expect(contradicted.reasons.map(({ code }) => code)).toContain('gain-conflict');
    expect(contradicted.confidence).toBeLessThan(0.75 * clean.confidence);
  });
});

describe('limbMisfits', () => {
  const signal = (lead: 'I' | 'II' | 'III' | 'V1', values: readonly number[], startSeconds = 0) => ({
    cellId: lead,
    lead,
    role: 'lead' as const,
    startSeconds,
    fs: 100,
    millivolts: Float32Array.from(values),
    confidence: new Float32Array(values.length).fill(1),
  });
  const one = Array.from({ length: 200 }, (_, k) => Math.sin((2 * Math.PI * k) / 50));
  const three = Array.from({ length: 200 }, (_, k) => Math.cos((2 * Math.PI * k) / 40));
  const two = one.map((value, k) => value + three[k]!);

  it('is 0 where the law holds and large where a lead is upside down', () => {
    const good = limbMisfits([signal('I', one), signal('II', two), signal('III', three), signal('V1', one)]);
    expect([...good.keys()]).toEqual(['I', 'II', 'III']);
    for (const misfit of good.values()) expect(misfit).toBeLessThan(1e-3);
    const wrong = limbMisfits([
      signal('I', one),
      signal('II', two),
      signal(
        'III',
        three.map((v) => -v),
      ),
    ]);
    for (const misfit of wrong.values()) expect(misfit).toBeGreaterThan(0.5);
  });

  it('says nothing about leads of different columns', () => {
    expect(limbMisfits([signal('I', one), signal('II', two), signal('III', three, 2.5)]).size).toBe(0);
  });
});

describe('unexplainedInk', () => {
  const width = 200;
  const height = 60;
  const page = (extra: number | null) => {
    const data = new Float32Array(width * height);
    for (let x = 0; x < width; x++) {
      for (const y of [29, 30, 31]) data[y * width + x] = 1;
      if (extra !== null) data[extra * width + x] = 1;
    }
    return { data, width, height };
  };
  const path = {
    cellId: 'a',
    x0: 0,
    y: new Float32Array(width).fill(30),
    confidence: new Float32Array(width).fill(1),
    bridged: new Uint8Array(width),
    strokeWidthPx: 3,
    fineY: new Float32Array(2 * width - 1).fill(30),
    samplesPerPx: 2,
  };

  it('is the ink beside the line against the ink of the line', () => {
    expect(unexplainedInk(page(null), path, [], 8)).toBe(0);
    expect(unexplainedInk(page(40), path, [], 8)).toBeCloseTo(1 / 3, 5);
    expect(unexplainedInk(page(55), path, [], 8)).toBe(0);
  });

  it('leaves out what is printed there', () => {
    expect(unexplainedInk(page(40), path, [{ x0: 0, y0: 35, x1: width, y1: 45 }], 8)).toBe(0);
  });
});
