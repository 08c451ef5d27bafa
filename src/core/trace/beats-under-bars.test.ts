import { expect, test } from 'vitest';
import type { LeadCell } from '../lead/layout.ts';
import { beatsUnderBars } from './beats-under-bars.ts';
import type { TracePath } from './trace-path.ts';

const PX_PER_SECOND = 200;
const SAMPLES_PER_PX = 3;
const START_SECONDS = 2.5;

/** A narrow complex at each of the beats, pixels upwards from row 100. */
const rows = (beats: readonly number[], height: number) => (seconds: number) => {
  let up = 0;
  for (const beat of beats) {
    up += height * Math.exp(-(((seconds - beat) / 0.012) ** 2));
    up += 0.15 * height * Math.exp(-(((seconds - beat - 0.25) / 0.05) ** 2));
  }
  return 100 - up;
};

function path(id: string, start: number, seconds: number, row: (seconds: number) => number): TracePath {
  const columns = seconds * PX_PER_SECOND;
  const at = (k: number): number => start + k / (PX_PER_SECOND * SAMPLES_PER_PX);
  const fineY = Float32Array.from({ length: (columns - 1) * SAMPLES_PER_PX + 1 }, (_, k) => row(at(k)));
  return {
    cellId: id,
    x0: 50 + start * PX_PER_SECOND,
    y: Float32Array.from({ length: columns }, (_, column) => fineY[column * SAMPLES_PER_PX]!),
    confidence: new Float32Array(columns).fill(1),
    bridged: new Uint8Array(columns),
    strokeWidthPx: 2,
    fineY,
    samplesPerPx: SAMPLES_PER_PX,
  };
}

const cell = (id: string, role: LeadCell['role'], startSeconds: number): LeadCell => ({
  id,
  lead: role === 'rhythm' ? 'II' : 'aVF',
  role,
  row: role === 'rhythm' ? 1 : 0,
  column: role === 'rhythm' ? 0 : 1,
  x0: 50 + startSeconds * PX_PER_SECOND,
  x1: 50 + (startSeconds + (role === 'rhythm' ? 10 : 2.5)) * PX_PER_SECOND,
  baselineY: 100,
  y0: 0,
  y1: 150,
  startSeconds,
  endSeconds: startSeconds + (role === 'rhythm' ? 10 : 2.5),
  inverted: false,
  labelBox: null,
  labelSource: 'read',
  confidence: 1,
});

const BEATS = [0.91, 1.71, 2.51, 3.31, 4.11, 4.91, 5.71];
const CELLS = [cell('lead', 'lead', START_SECONDS), cell('strip', 'rhythm', 0)];

/** A lead whose first four columns a separator hides, held level there, and its strip. */
function page(stripBeats: readonly number[] = BEATS) {
  const lead = path('lead', START_SECONDS, 2.5, rows(BEATS, 40));
  const truth = lead.fineY.slice();
  lead.bridged.fill(1, 0, 4);
  lead.fineY.fill(truth[12]!, 0, 12);
  return { truth, lead, strip: path('strip', 0, 10, rows(stripBeats, 60)) };
}

test('a complex under a separator goes as in the lead’s other beats, and stays bridged', () => {
  const { truth, lead, strip } = page();
  const { paths, drawn } = beatsUnderBars([lead, strip], CELLS, PX_PER_SECOND);
  expect(drawn).toEqual([{ cellId: 'lead', end: 'start' }]);
  const [filled] = paths;
  for (let k = 0; k < 12; k++) expect(Math.abs(filled!.fineY[k]! - truth[k]!)).toBeLessThan(1.5);
  expect(filled!.y[2]).toBe(filled!.fineY[6]);
  expect(filled!.fineY.subarray(12)).toEqual(lead.fineY.subarray(12));
  expect(filled!.bridged).toBe(lead.bridged);
  // What came in is as it was.
  expect(lead.fineY[0]).toBe(lead.fineY[12]);
});

test('the last columns of a lead likewise', () => {
  const beats = [0.19, 0.99, 1.79, 2.59, 3.39, 4.19, 4.99, 5.79];
  const lead = path('lead', START_SECONDS, 2.5, rows(beats, 40));
  const truth = lead.fineY.slice();
  lead.bridged.fill(1, 497);
  lead.fineY.fill(truth.at(-10)!, truth.length - 9);
  const strip = path('strip', 0, 10, rows(beats, 60));
  const { paths, drawn } = beatsUnderBars([lead, strip], CELLS, PX_PER_SECOND);
  expect(drawn).toEqual([{ cellId: 'lead', end: 'end' }]);
  expect(Math.abs(paths[0]!.fineY.at(-1)! - truth.at(-1)!)).toBeLessThan(1.5);
  expect(Math.abs(lead.fineY.at(-1)! - truth.at(-1)!)).toBeGreaterThan(10);
  expect(paths[1]).toBe(strip);
});

test('without a strip nothing is known of the moment', () => {
  const { lead } = page();
  expect(beatsUnderBars([lead], CELLS, PX_PER_SECOND).paths[0]).toBe(lead);
});

test('where the strip shows no complex, or another one than ever else, the lead stays as it is', () => {
  for (const beats of [
    BEATS.filter((beat) => beat !== 2.51),
    [...BEATS.filter((beat) => beat !== 2.51), 2.47, 2.53],
  ]) {
    const { lead, strip } = page(beats);
    const { paths, drawn } = beatsUnderBars([lead, strip], CELLS, PX_PER_SECOND);
    expect(drawn).toEqual([]);
    expect(paths[0]).toBe(lead);
  }
});

test('more than a separator is not made up', () => {
  const { lead, strip } = page();
  lead.bridged.fill(1, 0, 20);
  expect(beatsUnderBars([lead, strip], CELLS, PX_PER_SECOND).drawn).toEqual([]);
});
