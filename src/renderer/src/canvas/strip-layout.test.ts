import { expect, test } from 'vitest';
import type { SignalView } from '../../../shared/api/signal-bytes.ts';
import type { LeadName } from '../../../shared/lead-name.ts';
import { layoutStrips, millivoltsAt, PAPER_MARGIN, stripAt } from './strip-layout.ts';

function signal(
  cellId: string,
  lead: LeadName,
  startSeconds: number,
  role: 'lead' | 'rhythm' = 'lead',
): SignalView {
  const millivolts = new Float32Array(250).fill(0);
  millivolts[100] = 1;
  return { cellId, lead, role, startSeconds, fs: 100, millivolts, confidence: new Float32Array(250).fill(1) };
}
const cells = [
  { id: 'r0c0', row: 0 },
  { id: 'r0c1', row: 0 },
  { id: 'r1c0', row: 1 },
];
const signals = [signal('r1c0', 'II', 0, 'rhythm'), signal('r0c0', 'I', 0), signal('r0c1', 'aVR', 2.5)];
const options = { arrangement: 'printed', speedMmPerSecond: 25, gainMmPerMillivolt: 10 } as const;

test('as printed, leads stand in their row at their page time', () => {
  const layout = layoutStrips(signals, cells, options);
  expect(layout.rows).toBe(2);
  expect(layout.widthMm).toBe(PAPER_MARGIN.left + 125 + PAPER_MARGIN.right);
  const at = Object.fromEntries(layout.strips.map((strip) => [strip.cellId, strip]));
  expect(at.r0c1!.xMm).toBe(PAPER_MARGIN.left + 62.5);
  expect(at.r0c1!.baselineMm).toBe(at.r0c0!.baselineMm);
  expect(at.r1c0!.topMm).toBe(at.r0c0!.bottomMm);
});

test('stacked, leads follow the standard order with the rhythm strip last', () => {
  const layout = layoutStrips(signals, cells, { ...options, arrangement: 'stacked' });
  expect(layout.strips.map(({ lead }) => lead)).toEqual(['I', 'aVR', 'II']);
});

test('rows are spread or squeezed to the height at hand, within limits', () => {
  const natural = layoutStrips(signals, cells, options).heightMm;
  const { heightMm } = layoutStrips(signals, cells, { ...options, fillHeightMm: natural + 10 });
  expect(heightMm).toBeCloseTo(natural + 10);
  expect(layoutStrips(signals, cells, { ...options, fillHeightMm: natural - 5 }).heightMm).toBeCloseTo(
    natural - 5,
  );
  expect(layoutStrips(signals, cells, { ...options, fillHeightMm: 10 }).heightMm).toBeGreaterThan(20);
});

test('the strip under a point is found, blank paper has none', () => {
  const layout = layoutStrips(signals, cells, options);
  const [first] = layout.strips.filter(({ cellId }) => cellId === 'r0c1');
  expect(stripAt(layout, first!.xMm + 5, first!.baselineMm, 25)?.cellId).toBe('r0c1');
  expect(stripAt(layout, 2, first!.baselineMm, 25)).toBeNull();
});

test('voltages between samples are interpolated; outside and in gaps there is none', () => {
  const one = signal('r0c0', 'I', 2);
  one.millivolts[50] = NaN;
  expect(millivoltsAt(one, 2.995)).toBeCloseTo(0.5);
  expect(millivoltsAt(one, 2.5)).toBeNull();
  expect(millivoltsAt(one, 1.9)).toBeNull();
  expect(millivoltsAt(one, 4.6)).toBeNull();
});

test('a page without signals is blank paper', () => {
  expect(layoutStrips([], [], options)).toMatchObject({ strips: [], rows: 0 });
});
