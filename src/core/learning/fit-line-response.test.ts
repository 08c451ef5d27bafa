import { expect, test } from 'vitest';
import { createRandom } from '../synthesis/random.ts';
import type { TracePath } from '../trace/trace-path.ts';
import { reshapeLine } from '../trace/line-response.ts';
import { createLineResponseFit, type LinePair } from './fit-line-response.ts';

const PX_PER_MM = 8;
const SAMPLES_PER_PX = 4;

const path = (fineY: Float32Array, human = 0): TracePath => ({
  cellId: 'r0c0',
  x0: 0,
  y: fineY.filter((_, k) => k % SAMPLES_PER_PX === 0),
  confidence: new Float32Array(fineY.length / SAMPLES_PER_PX).fill(1),
  bridged: new Uint8Array(fineY.length / SAMPLES_PER_PX),
  human: new Uint8Array(fineY.length / SAMPLES_PER_PX).fill(human),
  strokeWidthPx: 3,
  fineY,
  samplesPerPx: SAMPLES_PER_PX,
});

/** A line with narrow peaks, and what a tracer makes of it that smooths over 0.3 mm. */
function peaks(seed: number): { truth: Float32Array; traced: Float32Array } {
  const random = createRandom(seed);
  const truth = new Float32Array(4000);
  for (let at = 100; at < 3900; at += 150 + Math.floor(random.next() * 100)) {
    const [height, width] = [20 + 60 * random.next(), 6 + 10 * random.next()];
    for (let k = 0; k < truth.length; k++) truth[k]! += height * Math.exp(-(((k - at) / width) ** 2));
  }
  const reach = Math.round(0.15 * PX_PER_MM * SAMPLES_PER_PX);
  const traced = truth.map((_, k) => {
    let [sum, count] = [0, 0];
    for (let j = Math.max(0, k - reach); j <= Math.min(truth.length - 1, k + reach); j++) {
      sum += truth[j]!;
      count++;
    }
    return sum / count;
  });
  return { truth, traced };
}

const rms = (one: Float32Array, other: Float32Array): number =>
  Math.sqrt(one.reduce((sum, row, k) => sum + (row - other[k]!) ** 2, 0) / one.length);

const pairOf = (seed: number): LinePair => {
  const { truth, traced } = peaks(seed);
  return { traced: path(traced), accepted: path(truth, 1) };
};

test('what smoothing took from peaks is learnt and given back on other pages', () => {
  const fit = createLineResponseFit();
  for (const seed of [1, 2, 3]) fit.add([pairOf(seed)], PX_PER_MM);
  const line = fit.solve()!;
  const { truth, traced } = peaks(4);
  const sharp = reshapeLine(path(traced), line, PX_PER_MM).fineY;
  expect(rms(sharp, truth)).toBeLessThan(0.5 * rms(traced, truth));
});

test('lines that were accepted as traced teach that they are right', () => {
  const fit = createLineResponseFit();
  for (const seed of [1, 2, 3]) {
    const { traced } = peaks(seed);
    fit.add([{ traced: path(traced), accepted: path(traced) }], PX_PER_MM);
  }
  for (const weight of fit.solve()!.weights) expect(Math.abs(weight)).toBe(0);
});

test('traces that ran elsewhere and bridged gaps say nothing', () => {
  const fit = createLineResponseFit();
  for (const seed of [1, 2, 3]) {
    const { traced } = peaks(seed);
    const jumped = traced.map((row, k) => (k > 2000 && k < 2600 ? row + 30 : row));
    const bridged = new Uint8Array(jumped.length / SAMPLES_PER_PX).fill(1, 100, 200);
    const invented = traced.map((row, k) => (k >= 400 && k < 800 ? 3 : row));
    fit.add([{ traced: path(traced), accepted: path(jumped, 1) }], PX_PER_MM);
    fit.add([{ traced: path(traced), accepted: { ...path(invented), bridged } }], PX_PER_MM);
  }
  for (const weight of fit.solve()!.weights) expect(Math.abs(weight)).toBeLessThan(1e-6);
});

test('a line that begins elsewhere is compared where both are', () => {
  const fit = createLineResponseFit();
  for (const seed of [1, 2, 3]) {
    const { traced, accepted } = pairOf(seed);
    const later = { ...accepted, x0: 50, fineY: accepted.fineY.slice(200) };
    fit.add([{ traced, accepted: later }], PX_PER_MM);
  }
  const { truth, traced } = peaks(4);
  const sharp = reshapeLine(path(traced), fit.solve()!, PX_PER_MM).fineY;
  expect(rms(sharp, truth)).toBeLessThan(0.5 * rms(traced, truth));
});

test('two pages are too few', () => {
  const fit = createLineResponseFit();
  expect(fit.solve()).toBeNull();
  for (const seed of [1, 2]) fit.add([pairOf(seed)], PX_PER_MM);
  fit.add([], PX_PER_MM);
  expect(fit.solve()).toBeNull();
});
