import { describe, expect, it } from 'vitest';
import { blankRaster, drawTrace } from '../../../tests/fixtures/draw-trace.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';
import type { InkMap } from '../mask/ink-map.ts';
import type { CanonicalPage } from '../page/rectification.ts';
import type { TracePath } from './trace-path.ts';
import { tracePage } from './trace-page.ts';

const WIDTH = 520;
const HEIGHT = 360;
const page = { rectification: { canonicalPxPerMm: 8 } } as CanonicalPage;

function cellOf(id: string, row: number, x0: number, x1: number, baselineY: number): LeadCell {
  return {
    id,
    lead: 'II',
    role: 'lead',
    row,
    column: 0,
    x0,
    x1,
    baselineY,
    y0: Math.max(0, baselineY - 160),
    y1: Math.min(HEIGHT, baselineY + 160),
    startSeconds: 0,
    endSeconds: (x1 - x0) / 200,
    inverted: false,
    labelBox: null,
    labelSource: 'read',
    confidence: 1,
  };
}

function layoutOf(cells: LeadCell[], change: Partial<Layout> = {}): Layout {
  return {
    kind: '3x1',
    cabrera: false,
    cells,
    pulses: [],
    text: [],
    separators: [],
    speedMmPerSecond: 25,
    gainMmPerMillivolt: 10,
    speedSource: 'default',
    gainSource: 'default',
    ...change,
  };
}

/** A beat every 160 px: R up by `r`, S down by `s`, a round T wave. */
function beat(base: number, r: number, s: number, phase: number) {
  return (x: number): number => {
    const t = (((x - phase) % 160) + 160) % 160;
    const tent = (centre: number, half: number): number => Math.max(0, 1 - Math.abs(t - centre) / half);
    return base - r * tent(40, 5) + s * tent(48, 4) - 12 * Math.exp(-(((t - 95) / 14) ** 2));
  };
}

function draw(lines: ((x: number) => number)[]): InkMap {
  const coverage = blankRaster(WIDTH, HEIGHT);
  for (const line of lines) {
    drawTrace(
      coverage,
      Array.from({ length: 480 * 4 + 1 }, (_, k) => [20 + k / 4, line(20 + k / 4)] as const),
      2.1,
    );
  }
  return { coverage, strokeWidthPx: 2.1 };
}

function rmsOf(path: TracePath, truth: (x: number) => number, from = 0, to = Infinity): number {
  let sum = 0;
  let count = 0;
  for (let k = 0; k < path.fineY.length; k++) {
    const x = path.x0 + k / path.samplesPerPx;
    if (x < from || x > to) continue;
    sum += (path.fineY[k]! - truth(x)) ** 2;
    count++;
  }
  return Math.sqrt(sum / count);
}

describe('tracePage', () => {
  it('follows narrow beats to their tips', () => {
    const line = beat(200, 90, 30, 20);
    const { value, confidence } = tracePage(page, draw([line]), layoutOf([cellOf('a', 0, 20, 500, 200)]));
    expect(value).toHaveLength(1);
    expect(rmsOf(value[0]!, line)).toBeLessThan(0.8);
    expect(confidence).toBeGreaterThan(0.9);
  });

  it('keeps two rows apart whose peaks cross', () => {
    const upper = beat(110, 60, 95, 20);
    const lower = beat(230, 130, 20, 34);
    const cells = [cellOf('a', 0, 20, 500, 110), cellOf('b', 1, 20, 500, 230)];
    const { value } = tracePage(page, draw([upper, lower]), layoutOf(cells));
    expect(rmsOf(value[0]!, upper)).toBeLessThan(6);
    expect(rmsOf(value[1]!, lower)).toBeLessThan(7);
  });

  it('finds the tall peak of a row into which the peak of the row below stands', () => {
    // As V4 above V5: both beat at the same time, and the lower tip stands between the legs of the upper complex.
    const upper = beat(190, 150, 40, 20);
    const lower = beat(290, 120, 15, 20);
    const cells = [cellOf('a', 0, 20, 500, 190), cellOf('b', 1, 20, 500, 290)];
    const { value } = tracePage(page, draw([upper, lower]), layoutOf(cells));
    for (const beatAt of [60, 220, 380]) {
      const tip = Math.min(...value[0]!.y.subarray(beatAt - 8 - value[0]!.x0, beatAt + 8 - value[0]!.x0));
      expect(tip).toBeLessThan(60);
    }
  });

  it('follows a peak on above a letter that bridges its legs', () => {
    const line = beat(200, 110, 30, 20);
    const ink = draw([line]);
    // Of the name only the first letter was seen by itself; the bars of the second stand across the peak.
    for (let y = 140; y < 160; y++) for (let x = 44; x < 47; x++) ink.coverage.data[y * WIDTH + x] = 1;
    for (const y0 of [140, 148, 157])
      for (let y = y0; y < y0 + 3; y++) for (let x = 53; x < 68; x++) ink.coverage.data[y * WIDTH + x] = 1;
    const labelBox = { x0: 43, y0: 139, x1: 58, y1: 161 };
    const layout = layoutOf([{ ...cellOf('a', 0, 20, 500, 200), labelBox }]);
    const path = tracePage(page, ink, layout).value[0]!;
    const tip = Math.min(...path.y.subarray(52 - path.x0, 68 - path.x0));
    expect(Math.abs(tip - 90)).toBeLessThan(6);
  });

  it('keeps labels and separators out without losing the trace', () => {
    const line = beat(200, 90, 30, 20);
    const ink = draw([line]);
    const label = { x0: 100, y0: 170, x1: 120, y1: 190 };
    for (let y = 174; y < 186; y++) for (let x = 104; x < 107; x++) ink.coverage.data[y * WIDTH + x] = 1;
    const bar = { x0: 258, y0: 170, x1: 263, y1: 230 };
    for (let y = 170; y < 230; y++) for (let x = 258; x < 263; x++) ink.coverage.data[y * WIDTH + x] = 1;
    const layout = layoutOf([cellOf('a', 0, 20, 260, 200), cellOf('b', 0, 260, 500, 200)], {
      text: [{ box: label, text: 'II', kind: 'lead-label', confidence: 1 }],
      separators: [bar],
    });
    const { value } = tracePage(page, ink, layout);
    expect(rmsOf(value[0]!, line)).toBeLessThan(1);
    expect(rmsOf(value[1]!, line)).toBeLessThan(1);
    expect(value[1]!.bridged[0]).toBe(1);
    expect(value[1]!.confidence[0]).toBeLessThan(0.3);
  });

  it('bridges a gap and marks it', () => {
    const ink = draw([() => 150]);
    for (let y = 0; y < HEIGHT; y++) for (let x = 200; x < 230; x++) ink.coverage.data[y * WIDTH + x] = 0;
    const path = tracePage(page, ink, layoutOf([cellOf('a', 0, 20, 500, 150)])).value[0]!;
    expect(path.bridged[215 - path.x0]).toBe(1);
    expect(path.bridged[150 - path.x0]).toBe(0);
    expect(Math.abs(path.y[215 - path.x0]! - 150)).toBeLessThan(0.5);
  });

  it('loses one lead without hurting the other', () => {
    const line = beat(80, 50, 10, 20);
    const cells = [cellOf('a', 0, 20, 500, 80), { ...cellOf('b', 1, 20, 500, 320), y0: 290, y1: 350 }];
    const { value, reasons } = tracePage(page, draw([line]), layoutOf(cells));
    expect(value.map((path) => path.cellId)).toEqual(['a']);
    expect(reasons.map((reason) => reason.code)).toEqual(['lead-not-traced']);
    expect(rmsOf(value[0]!, line)).toBeLessThan(1);
  });
});
