import { describe, expect, test } from 'vitest';
import type { FloatRaster } from '../image/raster.ts';
import { growMesh } from './grow-mesh.ts';
import { PROFILE_HARMONICS, type ProfileSpectrum } from './line-profile.ts';
import { layMesh, type PaperMesh } from './paper-mesh.ts';

const PX_PER_MM = 5;

/** A pattern of lines 1 mm apart, every fifth of them stronger by `major`. */
function pattern(major: number): ProfileSpectrum {
  const spectrum = new Float64Array(2 * PROFILE_HARMONICS);
  for (let k = 1; k <= PROFILE_HARMONICS; k++) spectrum[2 * k - 2] = major + (k === 5 ? 1 : 0);
  return spectrum;
}

/** Evidence of such lines with noise, the same from the same seed; `bump` moves the lines by so many millimetres. */
function drawEvidence(
  width: number,
  height: number,
  major: number,
  noise: number,
  bump: (xMm: number, yMm: number) => number = () => 0,
): FloatRaster {
  let state = 20;
  const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const lines = (mm: number): number => {
    let value = Math.cos(2 * Math.PI * mm);
    for (let k = 1; k <= PROFILE_HARMONICS; k++) value += major * Math.cos((2 * Math.PI * k * mm) / 5);
    return value;
  };
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [xMm, yMm] = [x / PX_PER_MM, y / PX_PER_MM];
      data[y * width + x] = lines(xMm - bump(xMm, yMm)) + lines(yMm) + noise * (random() - 0.5);
    }
  }
  return { data, width, height };
}

const even = (width: number, height: number): PaperMesh =>
  layMesh({ x0: 0, y0: 0, x1: width / PX_PER_MM, y1: height / PX_PER_MM }, 5, (x, y) => [
    PX_PER_MM * x,
    PX_PER_MM * y,
  ]);

/** Largest departure from the even mesh once a common shift is taken out, millimetres. */
function unevenness(mesh: PaperMesh, like: PaperMesh): number {
  const spread = (a: Float64Array, b: Float64Array): number => {
    const off = a.map((value, at) => value - b[at]!);
    return Math.max(...off) - Math.min(...off);
  };
  return Math.max(spread(mesh.xs, like.xs), spread(mesh.ys, like.ys)) / PX_PER_MM;
}

describe('growMesh', () => {
  test('begins at one line, whichever, where large and small boxes look alike', () => {
    const start = even(500, 400);
    const evidence = drawEvidence(500, 400, 0, 4);
    const templates = { across: pattern(0.02), down: pattern(0.02) };
    const mesh = growMesh(evidence, start, templates, 250, 200);
    expect(unevenness(mesh, start)).toBeLessThan(0.3);
  });

  test('goes on from a start that is off by more than a small box', () => {
    const start = even(500, 400);
    const off = { ...start, xs: start.xs.map((x) => x + 1.6 * PX_PER_MM) };
    const templates = { across: pattern(0.3), down: pattern(0.3) };
    const mesh = growMesh(drawEvidence(500, 400, 0.3, 1), off, templates, 250, 200);
    mesh.xs.forEach((x, at) => expect(Math.abs(x - start.xs[at]!)).toBeLessThan(0.2 * PX_PER_MM));
  });

  test('is called back to the plane where something else drew it off', () => {
    const decoy = (xMm: number, yMm: number): number =>
      Math.exp(-(((xMm - 90) / 20) ** 2) - ((yMm - 50) / 20) ** 2);
    const start = even(700, 500);
    const plane = drawEvidence(700, 500, 0.3, 1);
    const drawn = drawEvidence(700, 500, 0.3, 1, decoy);
    const both = { ...plane, data: plane.data.map((value, at) => value + 1.5 * drawn.data[at]!) };
    const templates = { across: pattern(0.3), down: pattern(0.3) };
    const mesh = growMesh(both, start, templates, 60, 60);
    mesh.xs.forEach((x, at) => expect(Math.abs(x - start.xs[at]!)).toBeLessThan(0.4 * PX_PER_MM));
  });

  test('follows paper that is bent by more than a small box', () => {
    const bump = (xMm: number, yMm: number): number => 1.5 * Math.sin(xMm / 18) * Math.sin(yMm / 18);
    const start = even(700, 500);
    const templates = { across: pattern(0.3), down: pattern(0.3) };
    const mesh = growMesh(drawEvidence(700, 500, 0.3, 1, bump), start, templates, 60, 60);
    for (let at = 0; at < mesh.xs.length; at++) {
      const xMm = (at % mesh.columns) * 5;
      const yMm = Math.floor(at / mesh.columns) * 5;
      if (xMm < 10 || xMm > 125 || yMm < 10 || yMm > 85) continue;
      // Lines are drawn where x - bump(x) is theirs, and bump changes little over its own size.
      const expected = PX_PER_MM * (xMm + bump(xMm + bump(xMm, yMm), yMm));
      expect(Math.abs(mesh.xs[at]! - expected)).toBeLessThan(0.3 * PX_PER_MM);
    }
  });
});
