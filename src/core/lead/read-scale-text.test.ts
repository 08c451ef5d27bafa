import { describe, expect, it } from 'vitest';
import type { FloatRaster } from '../image/raster.ts';
import { blurCoverage } from '../../../tests/fixtures/blur-coverage.ts';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import { randomEcg } from '../synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../synthesis/ecg/simulate-ecg.ts';
import type { PageOptions } from '../synthesis/page/page-options.ts';
import { paintStrokes } from '../synthesis/page/paint-strokes.ts';
import { renderPage } from '../synthesis/page/render-page.ts';
import { textStrokes } from '../synthesis/page/text-strokes.ts';
import { createRandom } from '../synthesis/random.ts';
import { findTextLines } from './find-text-lines.ts';
import { findWords } from './find-words.ts';
import { findInkComponents } from './ink-components.ts';
import { readScaleText, type ScaleReading } from './read-scale-text.ts';

const PX_PER_MM = 8;
const ROW = {
  baselineY: -1000,
  x0: 0,
  x1: 100,
  coverage: 1,
  pathY: new Float32Array(0),
  tallShare: 0,
  onInk: new Uint8Array(0),
};

interface Print {
  capMm?: number;
  stretch?: number;
  penMm?: number;
  blurPx?: number;
}

/** Prints a line in plotter letters and reads it back the way a page is read. */
function readBack(
  text: string,
  { capMm = 2.2, stretch = 1, penMm = 0.27, blurPx = 0.5 }: Print = {},
): ScaleReading[] {
  const { strokes, widthMm } = textStrokes(text, 3, 6, { capMm, stretch });
  const width = Math.ceil((widthMm + 6) * PX_PER_MM);
  const height = Math.ceil(10 * PX_PER_MM);
  const plane = { data: new Uint8Array(width * height), width, height };
  paintStrokes(
    plane,
    strokes,
    { pxPerMmX: PX_PER_MM, pxPerMmY: PX_PER_MM },
    { widthMm: penMm, softnessPx: 1 },
  );
  const sharp: FloatRaster = { data: Float32Array.from(plane.data, (v) => v / 255), width, height };
  const coverage = blurCoverage(sharp, blurPx);
  const lines = findTextLines(findWords(findInkComponents(coverage, 0.4), PX_PER_MM));
  return readScaleText(coverage, lines, [ROW], PX_PER_MM);
}

const values = (readings: readonly ScaleReading[]): string[] =>
  readings.map(({ kind, value, scope }) => `${kind} ${value}${scope === 'all' ? '' : ` ${scope}`}`).sort();

describe('readScaleText', () => {
  it.each([
    ['25mm/s   10mm/mV   0.05-150Hz', ['gain 10', 'speed 25']],
    ['25 mm/sec  10 mm/mV', ['gain 10', 'speed 25']],
    ['50mm/s 20mm/mV', ['gain 20', 'speed 50']],
    ['50 mm/s  5 mm/mV  100Hz', ['gain 5', 'speed 50']],
    ['25.0 mm/s 10.0 mm/mV', ['gain 10', 'speed 25']],
    ['Speed: 25 mm/sec', ['speed 25']],
    ['Limb: 10 mm/mV Chest: 5.0 mm/mV', ['gain 10 limb', 'gain 5 chest']],
    ['12.5mm/s 10mm/mV', ['gain 10', 'speed 12.5']],
  ])('reads %s', (text, expected) => {
    expect(values(readBack(text))).toEqual(expected);
  });

  it.each<[string, Print]>([
    ['small and blurred', { capMm: 1.5, blurPx: 0.9 }],
    ['large', { capMm: 4 }],
    ['bold', { penMm: 0.5 }],
    ['narrow', { stretch: 0.75 }],
    ['wide', { stretch: 1.3 }],
  ])('reads %s print', (_what, print) => {
    expect(values(readBack('25mm/s 10mm/mV', print))).toEqual(['gain 10', 'speed 25']);
  });

  it.each([
    '120/80 mmHg',
    '0.05-150Hz',
    '37mm/s',
    '25 mm',
    '12/05/2019 10:41',
    'QT/QTc 392/457 ms',
    '85mm/mV',
    'mm/s mm/mV',
  ])('reads no scale into %s', (text) => {
    expect(readBack(text)).toEqual([]);
  });

  it('never reads a wrong value, however bad the print', () => {
    const random = createRandom(41);
    let right = 0;
    for (let k = 0; k < 60; k++) {
      const speed = random.pick([25, 50]);
      const gain = random.pick([5, 10, 20]);
      const print = {
        capMm: random.uniform(1.1, 3),
        stretch: random.uniform(0.75, 1.25),
        penMm: random.uniform(0.15, 0.4),
        blurPx: random.uniform(0.3, 2.6),
      };
      for (const { kind, value } of readBack(`${speed}mm/s  ${gain}mm/mV`, print)) {
        expect({ print, kind, value }).toEqual({ print, kind, value: kind === 'speed' ? speed : gain });
        right++;
      }
    }
    expect(right).toBeGreaterThan(60);
  });
});

describe('scales printed on a page', () => {
  const random = createRandom(8);
  const ecg = simulateEcg(randomEcg(random, 'normal'), { seconds: 10, fs: 500, random });
  const digitize = (options: Partial<PageOptions>) => {
    const page = {
      signals: ecg.leads,
      fs: ecg.fs,
      layout: 'strip',
      dpi: 130,
      pulse: 'none',
      paperMm: [279.4, 65],
    } as const;
    return digitizePage(renderPage({ ...page, ...options }).raster);
  };

  it('are used where no pulse is printed, and reported as text', async () => {
    const { layout } = await digitize({
      speedMmPerSecond: 50,
      gainMmPerMillivolt: 20,
      seconds: 5,
      footer: '50 mm/s   20 mm/mV   40Hz',
    });
    expect(layout).toMatchObject({ speedMmPerSecond: 50, speedSource: 'text' });
    expect(layout).toMatchObject({ gainMmPerMillivolt: 20, gainSource: 'text' });
    const read = layout!.text.filter(({ kind }) => kind === 'speed' || kind === 'gain');
    expect(read.map(({ kind, text }) => `${kind}: ${text}`).sort()).toEqual([
      'gain: 20 mm/mV',
      'speed: 50 mm/s',
    ]);
    for (const { confidence, box } of read) {
      expect(confidence).toBeGreaterThan(0.8);
      expect(box.x1 - box.x0).toBeGreaterThan(2 * (box.y1 - box.y0));
    }
  });

  it('scale the signal: half the gain is half the height on paper, the same millivolts', async () => {
    const peak = (page: Digitization): number => Math.max(...page.signals[0]!.millivolts);
    const usual = await digitize({ footer: '25mm/s   10mm/mV' });
    const small = await digitize({ gainMmPerMillivolt: 5, footer: '25mm/s   5mm/mV' });
    expect(small.layout).toMatchObject({ gainMmPerMillivolt: 5, gainSource: 'text' });
    expect(peak(small) / peak(usual)).toBeCloseTo(1, 1);
  });

  it('are not made up where none is printed', async () => {
    const { layout } = await digitize({ footer: 'SAMPLE PATIENT 40Hz' });
    expect(layout).toMatchObject({ gainSource: 'default', gainMmPerMillivolt: 10 });
    expect(layout!.speedSource).not.toBe('text');
  });

  it('give the chest leads a gain of their own', async () => {
    const chest = new Map(
      [...ecg.leads].map(([lead, mv]) => [lead, lead.startsWith('V') ? mv.map((v) => v / 2) : mv] as const),
    );
    const { layout, signals } = await digitizePage(
      renderPage({
        signals: chest,
        fs: ecg.fs,
        layout: '6x2',
        dpi: 130,
        pulse: 'none',
        footer: 'Limb: 10 mm/mV Chest: 5 mm/mV',
      }).raster,
    );
    expect(layout).toMatchObject({ gainMmPerMillivolt: 10, gainSource: 'text' });
    for (const cell of layout!.cells)
      expect(cell.gainMmPerMillivolt).toBe(cell.lead.startsWith('V') ? 5 : undefined);
    const height = (values: Float32Array): number => Math.max(...values) - Math.min(...values);
    for (const lead of ['V2', 'V5'] as const) {
      const measured = height(signals.find((s) => s.lead === lead)!.millivolts);
      expect(measured / height(ecg.leads.get(lead)!.subarray(2500))).toBeCloseTo(1, 1);
    }
  });
});
