import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LAYOUT_KINDS } from '../../lead/layout.ts';
import { createRandom } from '../random.ts';
import type { PageConditions } from '../conditions/page-conditions.ts';
import { randomEcg } from '../ecg/random-ecg.ts';
import { simulateEcg } from '../ecg/simulate-ecg.ts';
import type { PageOptions } from './page-options.ts';
import { renderPage, type RenderedPage } from './render-page.ts';

const random = createRandom(11);
const ecg = simulateEcg(randomEcg(random, 'normal'), { seconds: 10, fs: 500, random });
const page = (options: Partial<PageOptions> = {}) =>
  renderPage({ signals: ecg.leads, fs: ecg.fs, layout: '3x4+1', dpi: 100, ...options });

/** Share of the true trace points whose nearest pixel is clearly darker than the paper around it. */
function inkUnderTruth({ raster, truth }: RenderedPage, darkerThan: number): number {
  let dark = 0;
  let all = 0;
  for (const { tracePx } of truth.cells) {
    for (let k = 0; k < tracePx.length; k += 2) {
      const x = Math.round(tracePx[k]!);
      const y = Math.round(tracePx[k + 1]!);
      if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) continue;
      all++;
      if (raster.data[(y * raster.width + x) * raster.channels]! < darkerThan) dark++;
    }
  }
  return dark / all;
}

describe('renderPage', () => {
  it.each(LAYOUT_KINDS)('has ink under the truth of %s', (layout) => {
    const rendered = page({ layout });
    expect(inkUnderTruth(rendered, 170)).toBeGreaterThan(0.9995);
    expect(rendered.truth.cells.every((cell) => cell.tracePx.length > 0 && cell.labelBox)).toBe(true);
  });

  it.each<[string, PageConditions]>([
    ['skew', { rotationDegrees: 7 }],
    ['a camera', { perspective: 0.1, surround: { share: 0.05, colour: [60, 50, 40] } }],
    ['curl and folds', { curlMm: 3, creases: 2 }],
    ['a quarter turn', { rotationDegrees: -3, quarterTurns: 1 }],
    ['three quarter turns', { quarterTurns: 3 }],
  ])('carries the truth through %s', (_, conditions) => {
    const rendered = page({ conditions, dpi: 150 });
    expect(inkUnderTruth(rendered, 185)).toBeGreaterThan(0.99);
  });

  it('carries the truth through any journey', () => {
    const conditions = fc.record({
      rotationDegrees: fc.double({ min: -15, max: 15, noNaN: true }),
      perspective: fc.double({ min: 0, max: 0.1, noNaN: true }),
      curlMm: fc.double({ min: 0, max: 3, noNaN: true }),
      creases: fc.integer({ min: 0, max: 2 }),
      quarterTurns: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
      surround: fc.constant({ share: 0.1, colour: [255, 255, 255] as const }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...LAYOUT_KINDS), conditions, fc.nat(1e6), (layout, journey, seed) => {
        const rendered = page({ layout, conditions: journey, seed, grid: null, dpi: 120 });
        // Without a grid only ink is dark; a bilinear sample of a thin stroke keeps at least a third of it.
        expect(inkUnderTruth(rendered, 190)).toBeGreaterThan(0.99);
      }),
      { numRuns: 8 },
    );
  });

  it('says what is printed, NaN elsewhere', () => {
    const { truth } = page();
    expect([...truth.signals.leads.keys()].sort()).toEqual([...ecg.leads.keys()].sort());
    const v1 = truth.signals.leads.get('V1')!;
    expect([v1[2499], v1[3750]]).toEqual([NaN, NaN]);
    expect(v1[2500]).toBe(ecg.leads.get('V1')![2500]);
    expect(truth.signals.leads.get('II')!.includes(NaN)).toBe(false);
  });

  it('keeps plain aVR in the truth of a Cabrera page and prints it upside down', () => {
    const { truth } = page({ layout: '6x2', cabrera: true });
    const cell = truth.cells.find((c) => c.lead === 'aVR')!;
    const avr = ecg.leads.get('aVR')!;
    expect(truth.signals.leads.get('aVR')![100]).toBe(avr[100]);
    const [low, high] = [avr.indexOf(Math.min(...avr.subarray(0, 2500))), 0];
    expect(cell.tracePx[2 * low + 1]!).toBeLessThan(cell.tracePx[2 * high + 1]!);
  });

  it('obeys speed, gain and unequal scales', () => {
    const { truth } = page({
      layout: 'strip',
      speedMmPerSecond: 50,
      gainMmPerMillivolt: 20,
      scale: [1, 1.1],
      dpi: 254,
    });
    const { tracePx } = truth.cells[0]!;
    const signal = ecg.leads.get('II')!;
    expect(tracePx.length / 2).toBe(2500);
    // 254 dpi = 10 px/mm: 500 px per second across, 20 mm/mV * 11 px/mm down.
    expect(tracePx[2 * 500]! - tracePx[0]!).toBeCloseTo(500, 1);
    expect(tracePx[1]! - tracePx[2 * 500 + 1]!).toBeCloseTo((signal[500]! - signal[0]!) * 220, 1);
    expect(truth.pulses[0]!.box.y1 - truth.pulses[0]!.box.y0).toBeGreaterThan(219);
  });

  it('puts the lattice on the strong lines', () => {
    const { raster, truth } = page({
      layout: 'strip',
      dpi: 254,
      pulse: 'none',
      footer: '',
      text: { labels: false },
    });
    const { xs, ys, columns } = truth.lattice!;
    const at = 7 * columns + 3;
    const value = (x: number, y: number) =>
      raster.data[(Math.round(y) * raster.width + Math.round(x)) * 3 + 1]!;
    expect([xs[at], ys[at]]).toEqual([149.5, 349.5]);
    expect(value(xs[at]!, ys[at]! + 13)).toBeLessThan(value(xs[at]! + 5, ys[at]! + 13));
  });

  it('gives the same bytes for the same seed and others for another', () => {
    const conditions: PageConditions = { noise: 4, stains: 1, shadow: 0.3, curlMm: 1 };
    const bytes = (seed: number) => page({ conditions, seed, dpi: 72 }).raster.data;
    expect(bytes(3)).toEqual(bytes(3));
    expect(bytes(3)).not.toEqual(bytes(4));
  });

  it('marks speed and gain in the footer', () => {
    const kinds = page().truth.texts.filter((t) => t.kind === 'speed' || t.kind === 'gain');
    expect(kinds.map((t) => t.text)).toEqual(['25mm/s', '10mm/mV']);
  });

  it('refuses what does not fit', () => {
    expect(() => page({ dpi: 50 })).toThrow('72..600');
    expect(() => page({ seconds: 20 })).toThrow(/need 509 mm, the paper has 279.4 mm/);
    expect(() => page({ signals: new Map([['I', new Float32Array(10)]]) })).toThrow(/lead I has 10 samples/);
  });
});
