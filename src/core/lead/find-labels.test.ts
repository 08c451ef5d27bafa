import { expect, it } from 'vitest';
import { blankRaster, drawTrace } from '../../../tests/fixtures/draw-trace.ts';
import { textStrokes } from '../synthesis/page/text-strokes.ts';
import { findLabels } from './find-labels.ts';
import { findWords } from './find-words.ts';
import { findInkComponents } from './ink-components.ts';
import type { TraceRow } from './trace-row.ts';

const PX_PER_MM = 8;
const PITCH_PX = 90;
const NAMES = ['aVR', 'aVL', 'V3', 'V5'];
const rows = NAMES.map((_, k) => ({ baselineY: 100 + k * PITCH_PX, x0: 40, x1: 580 }) as TraceRow);

/** Names whose middles stand so far above their rows, which rise by `risePx` from the left end to the right. */
function readAbove(abovePx: number, risePx: number): string[] {
  const ink = blankRaster(620, 480);
  NAMES.forEach((name, k) => {
    const x = 60 + k * 120;
    const level = rows[k]!.baselineY - risePx * (x / 620 - 0.5);
    for (const stroke of textStrokes(name, x, level - abovePx + 12, { capMm: 24 }).strokes) {
      const points: [number, number][] = [];
      for (let p = 0; p < stroke.length; p += 2) points.push([stroke[p]!, stroke[p + 1]!]);
      drawTrace(ink, points, 2.4);
    }
  });
  const words = findWords(findInkComponents(ink, 0.4), PX_PER_MM);
  const labels = findLabels(
    ink,
    words,
    rows,
    PX_PER_MM,
    (r, x) => rows[r]!.baselineY - risePx * (x / 620 - 0.5),
  );
  return labels.sort((a, b) => a.box.x0 - b.box.x0).map(({ row }) => NAMES[row]!);
}

it.each([30, 55])('gives names to the rows below them, %i pixels above in rows 90 apart', (abovePx) => {
  expect(readAbove(abovePx, 0)).toEqual(NAMES);
});

it('follows rows that lie slanted', () => {
  expect(readAbove(40, 70)).toEqual(NAMES);
});

it('gives names midway between rows to those in which their layout has them', () => {
  const six = Array.from(
    { length: 6 },
    (_, k) => ({ baselineY: 60 + k * PITCH_PX, x0: 40, x1: 580 }) as TraceRow,
  );
  const ink = blankRaster(620, 640);
  // A little nearer to the rows below; the last row's own name is not there to tell.
  for (const [name, row] of [
    ['aVR', 3],
    ['aVL', 4],
  ] as const) {
    for (const stroke of textStrokes(name, 60, six[row]!.baselineY + 48 + 12, { capMm: 24 }).strokes) {
      const points: [number, number][] = [];
      for (let p = 0; p < stroke.length; p += 2) points.push([stroke[p]!, stroke[p + 1]!]);
      drawTrace(ink, points, 2.4);
    }
  }
  const words = findWords(findInkComponents(ink, 0.4), PX_PER_MM);
  const labels = findLabels(ink, words, six, PX_PER_MM);
  expect(labels.map(({ row }) => row).sort()).toEqual([3, 4]);
});

it('gives names a whole row above their own to the rows in which their layout has them', () => {
  const near = 44;
  const twelve = Array.from(
    { length: 12 },
    (_, k) => ({ baselineY: 90 + k * near, x0: 40, x1: 580 }) as TraceRow,
  );
  const names = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
  const ink = blankRaster(620, 640);
  names.forEach((name, row) => {
    // A little higher than the row above, at which they seem to stand.
    const middle = twelve[row]!.baselineY - near - 2;
    for (const stroke of textStrokes(name, 60, middle + 10, { capMm: 20 }).strokes) {
      const points: [number, number][] = [];
      for (let p = 0; p < stroke.length; p += 2) points.push([stroke[p]!, stroke[p + 1]!]);
      drawTrace(ink, points, 2.4);
    }
  });
  const words = findWords(findInkComponents(ink, 0.4), PX_PER_MM);
  const labels = findLabels(ink, words, twelve, PX_PER_MM);
  const inOrder = [...labels].sort((a, b) => a.box.y0 - b.box.y0).map(({ row }) => row);
  expect(inOrder).toEqual(names.map((_, row) => row));
});
