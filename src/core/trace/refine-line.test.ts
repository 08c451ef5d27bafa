import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blurCoverage } from '../../../tests/fixtures/blur-coverage.ts';
import { blankRaster, drawTrace } from '../../../tests/fixtures/draw-trace.ts';
import { createRandom } from '../synthesis/random.ts';
import { refineLine } from './refine-line.ts';

const PEN = { radiusPx: 1.05, edgePx: 1, strength: 1, noise: 0.04 };
const COLUMNS = 120;

/** The ink of `truth`, and `start` at two samples per column from column 10. */
function draw(truth: (x: number) => number, start: (x: number) => number) {
  const ink = blankRaster(COLUMNS + 20, 120);
  const points = Array.from({ length: (COLUMNS + 19) * 4 + 1 }, (_, k) => [k / 4, truth(k / 4)] as const);
  drawTrace(ink, points, 2 * PEN.radiusPx);
  return { ink, start: Float64Array.from({ length: 2 * COLUMNS - 1 }, (_, k) => start(10 + k / 2)) };
}

/** Draws `truth`, starts from `start` and returns the rows found. */
function refine(truth: (x: number) => number, start: (x: number) => number): Float64Array {
  const { ink, start: guess } = draw(truth, start);
  return refineLine(ink, blankRaster(ink.width, ink.height, 1), guess, 10, 2, PEN).y;
}

describe('refineLine', () => {
  it('finds a smooth line to a fraction of a pixel', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 6, noNaN: true }),
        fc.double({ min: 8, max: 40, noNaN: true }),
        fc.double({ min: -0.8, max: 0.8, noNaN: true }),
        (height, period, off) => {
          const truth = (x: number): number => 60 + height * Math.sin(x / period);
          const found = refine(truth, (x) => truth(x) + off);
          let worst = 0;
          for (let k = 4; k < found.length - 4; k++)
            worst = Math.max(worst, Math.abs(found[k]! - truth(10 + k / 2)));
          expect(worst).toBeLessThan(0.15);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('undoes the thickness of a narrow peak: its height comes out, not the blob', () => {
    const truth = (x: number): number => 90 - 60 * Math.max(0, 1 - Math.abs(x - 60) / 4);
    // As a first guess from ink runs is: a little wide, late and low.
    const found = refine(truth, (x) => 90 - 57 * Math.max(0, 1 - Math.abs(x - 60.3) / 4.6));
    expect(Math.abs(Math.min(...found) - 30)).toBeLessThan(1.5);
    let sum = 0;
    for (let k = 0; k < found.length; k++) sum += (found[k]! - truth(10 + k / 2)) ** 2;
    expect(Math.sqrt(sum / found.length)).toBeLessThan(1);
  });

  it('finds steep strokes printed paler than the rest, though their edges are uneven', () => {
    const truth = (x: number): number => 90 - 60 * Math.max(0, 1 - Math.abs(x - 60) / 5);
    const { ink, start } = draw(truth, (x) => truth(x + 0.4));
    for (let y = 38; y < 84; y++) {
      // Beside the left legs lies a shade, as compressed pictures leave it.
      for (let x = 40; x < 80; x++) {
        const shade = x < 60 && y % 3 === 0 ? 0.12 : 0;
        ink.data[y * ink.width + x] = 0.4 * ink.data[y * ink.width + x]! + shade;
      }
    }
    const { y } = refineLine(ink, blankRaster(ink.width, ink.height, 1), start, 10, 2, PEN);
    let sum = 0;
    for (let k = 90; k < 110; k++) sum += (y[k]! - truth(10 + k / 2)) ** 2;
    expect(Math.sqrt(sum / 20)).toBeLessThan(2);
  });

  it('does not draw together the legs of a narrow peak whose blurred edges fill the paper between them', () => {
    const truth = (x: number): number => 90 - 50 * Math.exp(-(((x - 70) / 3.5) ** 2));
    const { ink: sharp, start } = draw(truth, truth);
    const ink = blurCoverage(sharp, 1);
    const blurred = { ...PEN, edgePx: 2.2 };
    const { y } = refineLine(ink, blankRaster(ink.width, ink.height, 1), start, 10, 2, blurred);
    // Rows count downwards: what is drawn together lies below the truth all about the top.
    let below = 0;
    for (let k = 114; k <= 126; k++) below += (y[k]! - truth(10 + k / 2)) / 13;
    expect(Math.abs(below)).toBeLessThan(0.25);
  });

  it('does not make noise of the blur of a photograph in steep flanks', () => {
    const truth = (x: number): number => 90 - 50 * Math.exp(-(((x - 70) / 4) ** 2));
    const { ink: sharp, start } = draw(truth, truth);
    const ink = blurCoverage(sharp, 1.2);
    const random = createRandom(3);
    for (let i = 0; i < ink.data.length; i++) ink.data[i]! += random.normal(0, 0.08);
    const photographed = { ...PEN, edgePx: 2.2, noise: 0.08 };
    const { y } = refineLine(ink, blankRaster(ink.width, ink.height, 1), start, 10, 2, photographed);
    let bends = 0;
    let bendsOfTruth = 0;
    for (let k = 100; k < 140; k++) {
      bends += (y[k - 1]! - 2 * y[k]! + y[k + 1]!) ** 2;
      bendsOfTruth += (start[k - 1]! - 2 * start[k]! + start[k + 1]!) ** 2;
    }
    expect(bends).toBeLessThan(4 * bendsOfTruth);
  });

  it('stays where it started over blind columns', () => {
    const ink = blankRaster(60, 60);
    const start = Float64Array.from({ length: 79 }, () => 30);
    const blind = new Uint8Array(40).fill(1);
    const { y } = refineLine(ink, blankRaster(60, 60, 1), start, 10, 2, PEN, { blind });
    for (const row of y) expect(row).toBeCloseTo(30, 6);
  });
});
