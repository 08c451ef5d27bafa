import { expect, it } from 'vitest';
import { blankRaster, drawTrace } from '../../../tests/fixtures/draw-trace.ts';
import type { FloatRaster } from '../image/raster.ts';
import { textStrokes } from '../synthesis/page/text-strokes.ts';
import type { TemplateChoice } from './choose-template.ts';
import type { LabelCandidate } from './find-labels.ts';
import { LABEL_CLASSES } from './label-net.ts';
import { labelOdds } from './label-odds.ts';
import { LAYOUT_TEMPLATES } from './layout-templates.ts';
import { readLabel } from './read-label.ts';
import { seekLabels } from './seek-labels.ts';
import type { TraceRow } from './trace-row.ts';

const WIDTH = 200;
const template = LAYOUT_TEMPLATES.find(({ kind, cabrera }) => kind === '3x4+1' && !cabrera)!;
const choice = {
  template,
  rowOffset: 0,
  fit: { count: 4, origin: 20, width: WIDTH },
} as TemplateChoice;
const rows = [0, 1, 2, 3].map((k) => ({ baselineY: 90 + 110 * k, x0: 20, x1: 820 }) as TraceRow);

function write(ink: FloatRaster, name: string, row: number, column: number): LabelCandidate {
  const [x, y] = [30 + column * WIDTH, rows[row]!.baselineY - 40];
  for (const stroke of textStrokes(name, x, y, { capMm: 22 }).strokes) {
    const points: [number, number][] = [];
    for (let p = 0; p < stroke.length; p += 2) points.push([stroke[p]!, stroke[p + 1]!]);
    drawTrace(ink, points, 2.4);
  }
  const box = { x0: x - 1, y0: y - 24, x1: x + 22 * name.length, y1: y + 2 };
  return { row, box, probabilities: readLabel(ink, box), weight: 1 };
}

/** What is found at the places of aVR and of the rhythm strip where those names stand. */
function seek(first: string, strip: string): [LabelCandidate, LabelCandidate] {
  const ink = blankRaster(900, 480);
  const matched = new Map<string, LabelCandidate>();
  for (const [row, column] of [
    [0, 2],
    [1, 1],
    [1, 2],
    [2, 1],
    [2, 3],
  ] as const) {
    const lead = template.grid[row]![column]!;
    const label = write(ink, lead, row, column);
    const probabilities = new Float32Array(LABEL_CLASSES.length);
    probabilities[LABEL_CLASSES.indexOf(lead)] = 0.99;
    matched.set(`r${row}c${column}`, { ...label, probabilities });
  }
  write(ink, first, 0, 1);
  write(ink, strip, 3, 0);
  seekLabels(ink, choice, matched, rows);
  return [matched.get('r0c1')!, matched.get('r3c0')!];
}

it('trusts a name found where it usually stands, and any at a rhythm strip', () => {
  const [usual, strip] = seek('aVR', 'V5');
  expect(labelOdds(usual.probabilities, 'aVR')).toBeGreaterThan(0.6);
  expect(usual.weight).toBeGreaterThan(0.8);
  expect(labelOdds(strip.probabilities, 'V5')).toBeGreaterThan(0.6);
  expect(strip.weight).toBeGreaterThan(0.8);
});

it('moves no lead by a name that was sought where it usually does not stand', () => {
  const [other] = seek('V2', 'II');
  expect(labelOdds(other.probabilities, 'V2')).toBeGreaterThan(0.6);
  expect(other.weight * labelOdds(other.probabilities, 'V2')).toBeLessThanOrEqual(0.5);
});
