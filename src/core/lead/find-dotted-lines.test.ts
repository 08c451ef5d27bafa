import { describe, expect, it } from 'vitest';
import { blankRaster } from '../../../tests/fixtures/draw-trace.ts';
import { findDottedLines } from './find-dotted-lines.ts';
import { withDottedLines } from './with-dotted-lines.ts';

const PX_PER_MM = 6;
const WIDTH = 600;
const BASELINES = [100, 220, 340];

/** Three level traces, and dots of 2x2 pixels every 8 rows at these columns. */
function page(...columns: number[]) {
  const ink = blankRaster(WIDTH, 440);
  for (const y of BASELINES) ink.data.fill(1, y * WIDTH + 20, y * WIDTH + 580);
  for (const x of columns) {
    for (let y = 20; y < 420; y += 8) {
      for (let dy = 0; dy < 2; dy++) ink.data.fill(1, (y + dy) * WIDTH + x, (y + dy) * WIDTH + x + 2);
    }
  }
  return ink;
}

describe('findDottedLines', () => {
  it('finds the lines between columns, across the traces', () => {
    const lines = findDottedLines(page(200, 380), BASELINES, PX_PER_MM);
    expect(lines).toHaveLength(2);
    expect(lines[0]!.x).toBeCloseTo(200.5, 0);
    expect(lines[1]!.x).toBeCloseTo(380.5, 0);
    expect(lines[0]!.rows).toEqual([0, 1, 2]);
    expect(lines[0]!.share).toBeGreaterThan(0.8);
  });

  it('sees none in solid lines, in traces alone, and where there are as many as in a grid', () => {
    const solid = page();
    for (let y = 20; y < 420; y++) solid.data.fill(1, y * WIDTH + 300, y * WIDTH + 303);
    expect(findDottedLines(solid, BASELINES, PX_PER_MM)).toEqual([]);
    expect(findDottedLines(page(), BASELINES, PX_PER_MM)).toEqual([]);
    const many = Array.from({ length: 12 }, (_, k) => 40 + 44 * k);
    expect(findDottedLines(page(...many), BASELINES, PX_PER_MM)).toEqual([]);
  });
});

describe('withDottedLines', () => {
  const extents = BASELINES.map(() => ({ x0: 20, x1: 580, freeLeft: true, freeRight: true }));
  const mark = (x: number, quality: number) => ({ x, rows: [0, 1], marks: [], quality });
  const lines = [30, 200, 380].map((x) => ({ x, rows: [0, 1, 2], share: 0.9 }));

  it('takes dotted lines inside the traces, but leaves sure marks their place', () => {
    const all = withDottedLines([mark(203, 0.9), mark(384, 0.2), mark(470, 0.4)], lines, extents, PX_PER_MM);
    expect(all.map(({ x }) => x)).toEqual([203, 380, 470]);
  });
});
