import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BEND_REACHES_MM, bendsAt, heldBack, reshapeLine } from './line-response.ts';
import type { TracePath } from './trace-path.ts';

const PX_PER_MM = 8;

const path = (fineY: Float32Array, samplesPerPx = 4, human?: Uint8Array): TracePath => ({
  cellId: 'r0c0',
  x0: 10,
  y: fineY.filter((_, k) => k % samplesPerPx === 0),
  confidence: new Float32Array(fineY.length / samplesPerPx).fill(1),
  bridged: new Uint8Array(fineY.length / samplesPerPx),
  strokeWidthPx: 3,
  fineY,
  samplesPerPx,
  ...(human ? { human } : {}),
});
const some = { weights: BEND_REACHES_MM.map((_, k) => (k % 2 === 0 ? 0.08 : -0.03)) };

test('a straight line stays where it is, at any slope', () => {
  fc.assert(
    fc.property(fc.float({ min: -20, max: 20, noNaN: true }), (slope) => {
      const line = Float32Array.from({ length: 400 }, (_, k) => 100 + (slope * k) / 4);
      const { fineY } = reshapeLine(path(line), some, PX_PER_MM);
      fineY.forEach((row, k) => expect(Math.abs(row - line[k]!)).toBeLessThan(1e-2));
    }),
  );
});

test('a cosine changes by what the weights say for its frequency, and is not moved', () => {
  const cyclesPerMm = 1.5;
  const angle = (2 * Math.PI * cyclesPerMm) / PX_PER_MM / 16;
  const line = Float32Array.from({ length: 3200 }, (_, k) => 50 + 10 * Math.cos(angle * k));
  const { fineY } = reshapeLine(path(line, 16), some, PX_PER_MM);
  const gain = BEND_REACHES_MM.reduce(
    (sum, reach, index) => sum + some.weights[index]! * 2 * (Math.cos(2 * Math.PI * cyclesPerMm * reach) - 1),
    1,
  );
  for (let k = 200; k < 3000; k += 7) expect(fineY[k]! - 50).toBeCloseTo(gain * (line[k]! - 50), 1);
});

test('gaps stay gaps, ends stay, and what a person drew is not touched', () => {
  const line = Float32Array.from({ length: 800 }, (_, k) =>
    k > 300 && k < 340 ? NaN : 40 * Math.sin(k / 9),
  );
  const human = new Uint8Array(200).fill(1, 100, 150);
  const { fineY } = reshapeLine(path(line, 4, human), some, PX_PER_MM);
  fineY.forEach((row, k) => expect(Number.isNaN(row)).toBe(Number.isNaN(line[k]!)));
  expect(fineY.subarray(400, 600)).toEqual(line.subarray(400, 600));
  expect(fineY[0]).toBe(line[0]);
  expect(fineY[200]).not.toBe(line[200]);
});

test('bends are told for each reach in rows', () => {
  const into = new Float64Array(BEND_REACHES_MM.length);
  const tip = Float32Array.from({ length: 161 }, (_, k) => Math.abs(k - 80));
  bendsAt({ fineY: tip, samplesPerPx: 5 }, 80, PX_PER_MM, into);
  for (const [index, reach] of BEND_REACHES_MM.entries())
    expect(into[index]).toBeCloseTo(2 * reach * PX_PER_MM * 5, 4);
});

test('what would more than double a frequency is held back', () => {
  expect(heldBack(some)).toEqual(some);
  const strong = { weights: some.weights.map((one) => 20 * one) };
  const { weights } = heldBack(strong);
  expect(weights[0]! / weights[1]!).toBeCloseTo(some.weights[0]! / some.weights[1]!, 6);
  expect(weights[0]!).toBeLessThan(strong.weights[0]!);
  expect(heldBack({ weights }).weights.map((one) => one.toFixed(6))).toEqual(
    weights.map((one) => one.toFixed(6)),
  );
});

test('columns stand where their fine samples do', () => {
  const line = Float32Array.from({ length: 401 }, (_, k) => 40 * Math.sin(k / 9));
  const before = { ...path(line), y: Float32Array.from({ length: 101 }, (_, column) => line[4 * column]!) };
  const { y, fineY } = reshapeLine(before, some, PX_PER_MM);
  expect(y).toEqual(Float32Array.from({ length: 101 }, (_, column) => fineY[4 * column]!));
});
