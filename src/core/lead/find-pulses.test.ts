import { describe, expect, it } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import { findInkComponents } from './ink-components.ts';
import { findPulses } from './find-pulses.ts';
import type { TraceRow } from './trace-row.ts';

const PX_PER_MM = 6;
const WIDTH = 900;
const BASELINES = [120, 300, 480];

/** Level traces from column 32 on; the rows named end a pulse there whose plateau begins at `left`, without its first leg. */
function page(left: number, cutRows: readonly number[]) {
  const ink = blankRaster(WIDTH, 600);
  BASELINES.forEach((baseline, row) => {
    for (let y = baseline; y < baseline + 2; y++) ink.data.fill(1, y * WIDTH + 32, y * WIDTH + 880);
    if (!cutRows.includes(row)) return;
    for (let y = baseline - 60; y < baseline - 58; y++) ink.data.fill(1, y * WIDTH + left, y * WIDTH + 34);
    for (let y = baseline - 60; y < baseline + 2; y++) ink.data.fill(1, y * WIDTH + 32, y * WIDTH + 34);
  });
  const rows = BASELINES.map((baselineY) => ({ baselineY, x0: left, x1: 880 }) as TraceRow);
  return findPulses(ink, findInkComponents(ink, 0.4), rows, PX_PER_MM, 2);
}

describe('findPulses', () => {
  it.each([2, 13])(
    'believes pulses of several rows that the edge of the picture cuts at column %i',
    (left) => {
      const pulses = page(left, [0, 1, 2]);
      expect(pulses.map(({ row, side }) => [row, side])).toEqual([
        [0, 'left'],
        [1, 'left'],
        [2, 'left'],
      ]);
      for (const { heightMm } of pulses) expect(heightMm).toBeCloseTo(10, 0);
    },
  );

  it('takes a single one for a wave unless it touches the very edge', () => {
    expect(page(13, [1])).toEqual([]);
    expect(page(2, [1])).toHaveLength(1);
  });

  it.each([
    [5, 1],
    [1.6, 0],
  ])('believes a pulse of one row only when it is no narrower than pulses are: %f mm', (widthMm, count) => {
    const ink = blankRaster(WIDTH, 600);
    const [from, to] = [30, 30 + widthMm * PX_PER_MM];
    for (const baseline of BASELINES) {
      for (let y = baseline; y < baseline + 2; y++)
        ink.data.fill(1, y * WIDTH + (baseline === 300 ? to : 30), y * WIDTH + 880);
    }
    for (let y = 240; y < 242; y++) ink.data.fill(1, y * WIDTH + from, y * WIDTH + to + 2);
    for (let y = 240; y < 302; y++) {
      ink.data.fill(1, y * WIDTH + from, y * WIDTH + from + 2);
      ink.data.fill(1, y * WIDTH + to, y * WIDTH + to + 2);
    }
    const rows = BASELINES.map((baselineY) => ({ baselineY, x0: 30, x1: 880 }) as TraceRow);
    expect(findPulses(ink, findInkComponents(ink, 0.4), rows, PX_PER_MM, 2)).toHaveLength(count);
  });

  it.each([
    ['legs that lean alike', -6, -6, 3],
    ['a wave that is wider at its feet', 12, -12, 0],
  ])('tells %s', (_, leftLean, rightLean, count) => {
    const ink = blankRaster(WIDTH, 600);
    for (const baseline of BASELINES) {
      for (let y = baseline; y < baseline + 2; y++) {
        ink.data.fill(1, y * WIDTH + 20, y * WIDTH + 50 - leftLean);
        ink.data.fill(1, y * WIDTH + 82 - rightLean, y * WIDTH + 880);
      }
      const top = baseline - 48;
      for (let y = top; y < top + 2; y++) ink.data.fill(1, y * WIDTH + 50, y * WIDTH + 82);
      for (let y = top; y < baseline; y++) {
        const share = (y - top) / 48;
        const [a, b] = [Math.round(50 - leftLean * share), Math.round(80 - rightLean * share)];
        ink.data.fill(1, y * WIDTH + a, y * WIDTH + a + 2);
        ink.data.fill(1, y * WIDTH + b, y * WIDTH + b + 2);
      }
    }
    const rows = BASELINES.map((baselineY) => ({ baselineY, x0: 20, x1: 880 }) as TraceRow);
    expect(findPulses(ink, findInkComponents(ink, 0.4), rows, PX_PER_MM, 2)).toHaveLength(count);
  });

  it('finds pulses that the edge of the paper cuts, inside of the page', () => {
    const ink = blankRaster(WIDTH, 600);
    for (const baseline of BASELINES) {
      for (let y = baseline; y < baseline + 2; y++) ink.data.fill(1, y * WIDTH + 170, y * WIDTH + 880);
      for (let y = baseline - 60; y < baseline - 58; y++) ink.data.fill(1, y * WIDTH + 134, y * WIDTH + 172);
      for (let y = baseline - 60; y < baseline; y++) ink.data.fill(1, y * WIDTH + 170, y * WIDTH + 172);
    }
    const rows = BASELINES.map((baselineY) => ({ baselineY, x0: 134, x1: 880 }) as TraceRow);
    const components = findInkComponents(ink, 0.4);
    const onPaper = findPulses(ink, components, rows, PX_PER_MM, 2, { x0: 120, x1: WIDTH });
    expect(onPaper).toHaveLength(BASELINES.length);
    for (const { side, rightX } of onPaper) {
      expect(side).toBe('left');
      expect(Math.abs(rightX - 170.5)).toBeLessThan(1.5);
    }
    expect(findPulses(ink, components, rows, PX_PER_MM, 2)).toEqual([]);
  });

  it('finds pulses whose thin lines a copier frayed', () => {
    const ink = blankRaster(WIDTH, 600);
    const fray = (x: number, y: number): number => ((x * 7 + y * 3) % 5 < 2 ? 1 : 0);
    for (const baseline of BASELINES) {
      for (let x = 30; x < 880; x++) {
        const y = x >= 50 && x < 80 ? baseline - 60 : baseline;
        ink.data[(y + fray(x, 0)) * WIDTH + x] = 1;
      }
      for (let y = baseline - 60; y <= baseline; y++) {
        for (const x of [50, 80]) ink.data[y * WIDTH + x + fray(0, y)] = 1;
      }
    }
    const rows = BASELINES.map((baselineY) => ({ baselineY, x0: 30, x1: 880 }) as TraceRow);
    const pulses = findPulses(ink, findInkComponents(ink, 0.4), rows, PX_PER_MM, 1.2);
    expect(pulses.map(({ row }) => row)).toEqual([0, 1, 2]);
    for (const { heightMm, widthMm } of pulses) {
      expect(heightMm).toBeCloseTo(10, 0);
      expect(widthMm).toBeCloseTo(5, 0);
    }
  });

  it.each([1, 0.8])('finds pulses that fall in two steps, drawn with lines of which %f is left', (left) => {
    const ink = blankRaster(WIDTH, 600);
    const isLeft = (k: number): boolean => (k * 7) % 10 < 10 * left;
    const level = (y: number, x0: number, x1: number): void => {
      for (let x = x0; x < x1; x++) if (isLeft(x)) ink.data[(y + (x % 3 === 0 ? 1 : 0)) * WIDTH + x] = 1;
    };
    const upright = (x: number, y0: number, y1: number): void => {
      for (let y = y0; y <= y1; y++) if (isLeft(y)) ink.data[y * WIDTH + x] = 1;
    };
    for (const baseline of BASELINES) {
      level(baseline - 60, 50, 80);
      level(baseline - 30, 80, 110);
      level(baseline, 120, 880);
      upright(50, baseline - 60, baseline);
      upright(80, baseline - 60, baseline - 30);
      upright(110, baseline - 30, baseline);
    }
    const rows = BASELINES.map((baselineY) => ({ baselineY, x0: 45, x1: 880 }) as TraceRow);
    const pulses = findPulses(ink, findInkComponents(ink, 0.4), rows, PX_PER_MM, 1);
    expect(pulses.map(({ row }) => row)).toEqual([0, 1, 2]);
    for (const { heightMm, widthMm, box } of pulses) {
      expect(Math.abs(heightMm - 10)).toBeLessThan(0.4);
      expect(Math.abs(widthMm - 5)).toBeLessThan(0.6);
      expect(Math.abs(box.x1 - 111)).toBeLessThan(3);
    }
  });
});
