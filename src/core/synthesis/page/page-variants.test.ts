import { describe, expect, it } from 'vitest';
import { randomEcg } from '../ecg/random-ecg.ts';
import { simulateEcg } from '../ecg/simulate-ecg.ts';
import { createRandom } from '../random.ts';
import { cellMasks } from './cell-masks.ts';
import { drawPage } from './draw-page.ts';
import { spellLead } from './label-style.ts';
import { PINK_GRID, resolvePageOptions, type PageOptions } from './page-options.ts';
import { renderPage } from './render-page.ts';
import { textStrokes } from './text-strokes.ts';

const random = createRandom(1);
const ecg = simulateEcg(randomEcg(random, 'normal'), { seconds: 10, fs: 250, random });
const base = { signals: ecg.leads, fs: 250, layout: '3x4+1' as const };
const draw = (options: Partial<PageOptions>) => drawPage(resolvePageOptions({ ...base, ...options }));

describe('variants of a page', () => {
  it('prints chest leads at half gain, and says so', () => {
    const { cells } = draw({ chestGain: 0.5 });
    const v2 = cells.find(({ lead }) => lead === 'V2')!;
    const signal = ecg.leads.get('V2')!;
    const from = v2.sourceSample;
    expect(v2.gainMmPerMillivolt).toBe(5);
    expect(v2.trace[1]! - v2.trace[3]!).toBeCloseTo(5 * (signal[from + 1]! - signal[from]!), 3);
    expect(cells.find(({ lead }) => lead === 'II')!.gainMmPerMillivolt).toBe(10);
  });

  it('shows the same seconds in every column when asked to', () => {
    const options = { ...base, simultaneous: true, dpi: 72 };
    const { cells } = draw(options);
    const v1 = cells.find(({ lead }) => lead === 'V1')!;
    expect([v1.sourceSample, v1.firstSample]).toEqual([0, 1250]);
    const column = renderPage(options).truth.signals.leads.get('V1')!;
    expect(column[1250]).toBe(ecg.leads.get('V1')![0]);
  });

  it('joins the leads of a row', () => {
    const { joints, cells } = draw({ joined: true });
    expect(joints).toHaveLength(9);
    expect([...joints[0]!.slice(0, 2)]).toEqual([...cells[0]!.trace.slice(-2)]);
  });

  it('shapes calibration pulses', () => {
    const pulseStyle = { footMm: 0, gapMm: 0, widthSeconds: 0.2, halfStep: true, rows: 'first' as const };
    const { pulses, cells } = draw({ pulseStyle });
    expect(pulses).toHaveLength(1);
    const { stroke } = pulses[0]!;
    const heights = [...stroke].filter((_, k) => k % 2 === 1).map((y) => cells[0]!.baselineY - y);
    expect(Math.max(...heights)).toBeCloseTo(10, 4);
    expect(heights.some((height) => Math.abs(height - 5) < 1e-4)).toBe(true);
    expect(stroke.at(-2)).toBeCloseTo(cells[0]!.x0, 4);
  });

  it.each([
    ['aVR', 'upper', 'AVR'],
    ['aVF', 'lower', 'avf'],
    ['II', 'd-limb', 'DII'],
    ['V4', 'c-chest', 'C4'],
    ['V4', 'standard', 'V4'],
  ] as const)('spells %s in %s as %s', (lead, spelling, expected) => {
    expect(spellLead(lead, spelling)).toBe(expected);
  });

  it('puts labels below, before or on the line', () => {
    const label = (place: 'below' | 'before' | 'on-line') => {
      const { cells } = draw({
        pulse: 'right',
        labelStyle: { spelling: 'standard', place, offsetMm: 4, indentMm: 2 },
      });
      return { cell: cells[0]!, box: cells[0]!.labelBox! };
    };
    const below = label('below');
    expect(below.box.y0).toBeCloseTo(below.cell.baselineY + 4, 4);
    const before = label('before');
    expect(before.box.x1).toBeLessThan(before.cell.x0);
    const on = label('on-line');
    expect((on.box.y0 + on.box.y1) / 2).toBeCloseTo(on.cell.baselineY, 4);
  });

  it('leaves whole boxes of the grid out at the top', () => {
    const { gridBox } = draw({ grid: { ...PINK_GRID, borderMm: 4, blankTopMm: 38 } });
    expect(gridBox.y0).toBe(34);
  });

  it('writes serif letters with feet and dot letters with dots', () => {
    const plain = textStrokes('I', 0, 0, { capMm: 7 });
    const serif = textStrokes('I', 0, 0, { capMm: 7, font: 'serif' });
    const dots = textStrokes('I', 0, 0, { capMm: 7, font: 'dots' });
    expect(serif.strokes.length).toBeGreaterThan(plain.strokes.length + 2);
    expect(dots.strokes).toHaveLength(8);
    expect(dots.strokes.every((dot) => dot[0] === dot[2] && dot[1] === dot[3])).toBe(true);
  });

  it('keeps dead dots of the print head blank along the whole page', () => {
    const printer = { bands: 0, deadDots: 400, fading: 0, showThrough: 0 };
    const ink = (options: Partial<PageOptions>) => {
      const { raster } = renderPage({ ...base, dpi: 100, grid: null, ...options });
      return raster.data.reduce((sum, value) => sum + 255 - value, 0);
    };
    expect(ink({ printer })).toBeLessThan(0.9 * ink({}));
  });
});

describe('cellMasks', () => {
  it('sets the bit of every cell along its own path, and no other far from paths', () => {
    const { truth, raster } = renderPage({
      ...base,
      dpi: 120,
      conditions: { rotationDegrees: 2, curlMm: 1 },
    });
    const { width, height } = raster;
    const masks = cellMasks(truth.cells, width, height);
    truth.cells.forEach(({ tracePx }, bit) => {
      for (let k = 0; k < tracePx.length; k += 2) {
        const at = Math.round(tracePx[k + 1]!) * width + Math.round(tracePx[k]!);
        expect(masks[at]! & (1 << bit)).not.toBe(0);
      }
    });
    const dark = (at: number) => raster.data[3 * at + 1]! < 190;
    let inked = 0;
    let marked = 0;
    for (let at = 0; at < masks.length; at++) {
      if (masks[at] === 0) continue;
      marked++;
      if (dark(at)) inked++;
    }
    expect(inked / marked).toBeGreaterThan(0.95);
    expect(masks[0]).toBe(0);
  });

  it('gives pixels where leads cross to both', () => {
    const cell = (points: number[]) => ({
      ...renderPage({ ...base, layout: 'strip', dpi: 72 }).truth.cells[0]!,
      tracePx: Float32Array.from(points),
      traceBox: { x0: 0, y0: 0, x1: 20, y1: 20 },
      penPx: 2,
    });
    const masks = cellMasks([cell([0, 10, 19, 10]), cell([10, 0, 10, 19])], 20, 20);
    expect(masks[10 * 20 + 10]).toBe(3);
    expect([masks[10 * 20 + 2], masks[2 * 20 + 10]]).toEqual([1, 2]);
  });
});
