import { beforeAll, expect, test } from 'vitest';
import { drawnScan } from '../../../tests/fixtures/accepted-project.ts';
import type { Digitization } from '../digitization.ts';
import type { LeadTable } from '../metrics/lead-table.ts';
import { scorePage } from '../metrics/score-page.ts';
import { toLeadTable } from '../metrics/to-lead-table.ts';
import { toSignals } from '../signal/to-signals.ts';
import { annotateByTruth } from './annotate-by-truth.ts';

let reading: Digitization;
let truth: LeadTable;
beforeAll(async () => {
  ({ reading } = await drawnScan(1));
  truth = toLeadTable(reading.signals);
});

/** The reading with a stretch of a lead somewhere else. */
function spoilt(index: number, from: number, to: number): Digitization {
  const paths = reading.paths.map((path, k) => {
    if (k !== index) return path;
    const y = path.y.map((row, column) => (column >= from && column < to ? row + 20 : row));
    const fineY = path.fineY.map((row, at) =>
      at >= from * path.samplesPerPx && at < to * path.samplesPerPx ? row + 20 : row,
    );
    return { ...path, y, fineY };
  });
  const { value: signals } = toSignals(paths, reading.layout!, reading.rectification!, {
    fs: reading.signals[0]!.fs,
  });
  return { ...reading, paths, signals };
}

test('a right page is left alone', () => {
  const { page, unverified, columns } = annotateByTruth(reading, truth);
  expect(unverified).toEqual([]);
  // Steep flanks between samples may be drawn once more.
  expect(columns.changed).toBeLessThan(0.01 * columns.all);
  expect(scorePage(truth, toLeadTable(page.signals)).snrDb).toBeGreaterThan(25);
});

test('a wrong stretch is drawn anew where the trace lies', () => {
  const wrong = spoilt(1, 100, 160);
  const before = scorePage(truth, toLeadTable(wrong.signals)).snrDb;
  const { page, unverified, columns } = annotateByTruth(wrong, truth);
  expect(unverified).toEqual([]);
  expect(columns.changed).toBeGreaterThanOrEqual(60);
  expect(columns.changed).toBeLessThan(80);
  expect(scorePage(truth, toLeadTable(page.signals)).snrDb).toBeGreaterThan(before + 8);
  const [drawn, right] = [page.paths[1]!, reading.paths[1]!];
  for (let k = 100; k < 160; k++) expect(Math.abs(drawn.y[k]! - right.y[k]!)).toBeLessThan(1.5);
  expect(drawn.human![130]).toBe(1);
});

test('a lead that is mostly wrong, or unknown, is put aside', () => {
  const id = reading.paths[2]!.cellId;
  const lead = reading.signals.find(({ cellId }) => cellId === id)!.lead;
  const without = { ...truth, leads: new Map([...truth.leads].filter(([name]) => name !== lead)) };
  expect(annotateByTruth(reading, without).unverified).toEqual([id]);
  const noise = {
    ...truth,
    leads: new Map(truth.leads).set(
      lead,
      truth.leads.get(lead)!.map((_, k) => Math.sin(k * k)),
    ),
  };
  expect(annotateByTruth(reading, noise).unverified).toEqual([id]);
});
