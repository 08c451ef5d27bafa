import type { FloatRaster } from '../image/raster.ts';
import { createNearestLegs, findNearestLegs, inkOfSecondLeg, nearestLeg } from './nearest-legs.ts';
import { type Pen, penShare, penSlope } from './pen.ts';

/** Normal equations of a line's samples: a symmetric matrix with two bands beside the diagonal. */
export interface NormalEquations {
  readonly diagonal: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** Negative gradient. */
  readonly right: Float64Array;
  /** Ink, and what a stroke of full strength would show of it, on the pixels nearest to the segment behind each sample. */
  readonly seen: Float64Array;
  readonly drawn: Float64Array;
  cost: number;
}

/** Residual (share of ink) beyond which a pixel loses influence. */
const ROBUST = 0.35;
/** Second difference, pixels, beyond which the prior lets go, at `KNOWN_SAMPLES_PER_PX`. */
const KINK_PX = 0.6;
/** Samples per column at which the prior was weighed. */
const KNOWN_SAMPLES_PER_PX = 2;
const ANCHOR = 0.05;
/** Nearer than this a pixel lies on the line, and does not tell which way it should go. */
const NEAR_ZERO_PX = 1e-6;

export function createNormal(samples: number): NormalEquations {
  return {
    diagonal: new Float64Array(samples),
    first: new Float64Array(samples),
    second: new Float64Array(samples),
    right: new Float64Array(samples),
    seen: new Float64Array(samples),
    drawn: new Float64Array(samples),
    cost: 0,
  };
}

/**
 * Adds the misfit between the ink and the drawn line: every pixel within the pen's reach is compared with the pen's
 * share at its distance from the nearest segment, whose two samples it pulls; between two legs of a peak both count. Columns
 * marked in `blind` are left out.
 *
 * @param paleness strength of the stroke behind each sample, as a share of the pen's
 */
export function addStroke(
  normal: NormalEquations,
  ink: FloatRaster,
  weight: FloatRaster,
  line: Float64Array,
  x0: number,
  samplesPerPx: number,
  pen: Pen,
  blind: Uint8Array | null,
  paleness: Float64Array,
): void {
  const reach = pen.radiusPx + 0.75 * pen.edgePx;
  const samples = line.length;
  const firstX = Math.max(0, Math.ceil(x0 - reach));
  const lastX = Math.min(ink.width - 1, Math.floor(x0 + (samples - 1) / samplesPerPx + reach));
  const width = ink.width;
  const spread = Math.ceil(reach * samplesPerPx);
  // One column at a time: nearest segments per row, then the column's pixels are added.
  const height = ink.height;
  const legs = createNearestLegs(height);
  for (let x = firstX; x <= lastX; x++) {
    if (blind !== null && blind[x - x0] === 1) continue;
    const centre = Math.floor((x - x0) * samplesPerPx);
    const from = Math.max(0, centre - spread);
    const to = Math.min(samples - 2, centre + spread);
    if (from > to) continue;
    let top = Infinity;
    let bottom = -Infinity;
    for (let k = from; k <= to + 1; k++) {
      if (line[k]! < top) top = line[k]!;
      if (line[k]! > bottom) bottom = line[k]!;
    }
    const y0 = Math.max(0, Math.ceil(top - reach));
    const y1 = Math.min(height - 1, Math.floor(bottom + reach));
    if (y1 < y0) continue;
    findNearestLegs(legs, line, from, to, x0, samplesPerPx, x, y0, y1, reach);
    for (let row = y0; row <= y1; row++) {
      const at = row - y0;
      const leg = nearestLeg(legs, at);
      if (leg === null) continue;
      const pixel = row * width + x;
      const w = weight.data[pixel]!;
      if (w === 0) continue;
      const k = legs.segment[leg][at]!;
      const t = legs.share[leg][at]!;
      const distance = Math.sqrt(legs.squared[leg][at]!);
      const ey = row - line[k]! - t * (line[k + 1]! - line[k]!);
      const pale = paleness[k]!;
      let drawn = penShare(pen, distance);
      // The second leg's part in what is drawn: none, some, or as much as fills the paper whatever becomes of either.
      const second = leg === 0 ? 1 : 0;
      const k2 = legs.segment[second][at]!;
      const t2 = legs.share[second][at]!;
      let [part, distance2, ey2] = [0, 0, 0];
      let isFull = false;
      if (k2 >= 0) {
        distance2 = Math.sqrt(legs.squared[second][at]!);
        const ex = x - x0 - (k + t) / samplesPerPx;
        const ex2 = x - x0 - (k2 + t2) / samplesPerPx;
        ey2 = row - line[k2]! - t2 * (line[k2 + 1]! - line[k2]!);
        const dot = ex * ex2 + ey * ey2;
        if (dot < 0 && distance > NEAR_ZERO_PX && distance2 > NEAR_ZERO_PX) {
          part = -dot / (distance * distance2);
          const other = penShare(pen, distance2);
          isFull = other > pen.strength - drawn;
          drawn += inkOfSecondLeg(pen, drawn, other, -part);
        }
      }
      const residual = pale * drawn - ink.data[pixel]!;
      normal.seen[k]! += w * ink.data[pixel]!;
      normal.drawn[k]! += w * drawn;
      const r2 = (residual * residual) / (ROBUST * ROBUST);
      normal.cost += 0.5 * w * ROBUST * ROBUST * Math.log1p(r2);
      if (isFull) continue;
      const rw = w / (1 + r2);
      if (distance > NEAR_ZERO_PX)
        addPull(normal, k, t, (-pale * penSlope(pen, distance) * ey) / distance, rw, residual);
      if (part > 0)
        addPull(normal, k2, t2, (-pale * part * penSlope(pen, distance2) * ey2) / distance2, rw, residual);
    }
  }
}

/** Adds what a pixel asks of the two samples of a segment. What binds one leg to the other is left out: the matrix stays narrow. */
function addPull(
  normal: NormalEquations,
  k: number,
  t: number,
  slope: number,
  weight: number,
  residual: number,
): void {
  const a = slope * (1 - t);
  const b = slope * t;
  normal.diagonal[k]! += weight * a * a;
  normal.diagonal[k + 1]! += weight * b * b;
  normal.first[k]! += weight * a * b;
  normal.right[k]! -= weight * residual * a;
  normal.right[k + 1]! -= weight * residual * b;
}

/**
 * Adds the prior that the line bends little, with a heavy tail so that sharp peaks are hardly held back. Where the line
 * is steep a bend counts less: between down the page and across the stroke. (Measured across the stroke the flanks of
 * complexes took up the noise of blurred photographs.)
 *
 * @param stiffness strength of the prior, whatever the spacing of the samples
 * @param steepness length of the line per column about each sample, 1 where it runs flat
 */
export function addPrior(
  normal: NormalEquations,
  line: Float64Array,
  samplesPerPx: number,
  stiffness: number,
  steepness: Float64Array,
): void {
  // Scaled so that what a gentle bend costs, and what letting a kink go costs, do not depend on how finely the line is
  // sampled: a second difference falls with the square of the spacing, and there are more of them.
  const finer = samplesPerPx / KNOWN_SAMPLES_PER_PX;
  const kink = KINK_PX / finer ** 1.5;
  const strength = stiffness * finer ** 3;
  for (let k = 1; k < line.length - 1; k++) {
    const bend = line[k - 1]! - 2 * line[k]! + line[k + 1]!;
    const u2 = (bend * bend) / (kink * kink * steepness[k]!);
    normal.cost += 0.5 * strength * kink * kink * Math.log1p(u2);
    const w = strength / (steepness[k]! * (1 + u2));
    normal.diagonal[k - 1]! += w;
    normal.diagonal[k]! += 4 * w;
    normal.diagonal[k + 1]! += w;
    normal.first[k - 1]! -= 2 * w;
    normal.first[k]! -= 2 * w;
    normal.second[k - 1]! += w;
    normal.right[k - 1]! -= w * bend;
    normal.right[k]! += 2 * w * bend;
    normal.right[k + 1]! -= w * bend;
  }
}

/** Holds the samples of blind columns to where they started: nothing else knows about them. */
export function addAnchor(
  normal: NormalEquations,
  line: Float64Array,
  start: Float64Array,
  samplesPerPx: number,
  blind: Uint8Array,
): void {
  for (let k = 0; k < line.length; k++) {
    if (blind[Math.round(k / samplesPerPx)] !== 1) continue;
    const off = line[k]! - start[k]!;
    normal.cost += 0.5 * ANCHOR * off * off;
    normal.diagonal[k]! += ANCHOR;
    normal.right[k]! -= ANCHOR * off;
  }
}

/**
 * Solves the damped equations by banded Cholesky (LDL'), O(n).
 *
 * @param damping Marquardt's factor on the diagonal
 */
export function solveNormal(normal: NormalEquations, damping: number): Float64Array {
  const n = normal.diagonal.length;
  const d = new Float64Array(n);
  const l1 = new Float64Array(n);
  const l2 = new Float64Array(n);
  const x = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    let pivot = normal.diagonal[k]! * (1 + damping) + 1e-6;
    let side = normal.first[k]!;
    let value = normal.right[k]!;
    if (k >= 1) {
      pivot -= l1[k - 1]! * l1[k - 1]! * d[k - 1]!;
      side -= l1[k - 1]! * l2[k - 1]! * d[k - 1]!;
      value -= l1[k - 1]! * x[k - 1]!;
    }
    if (k >= 2) {
      pivot -= l2[k - 2]! * l2[k - 2]! * d[k - 2]!;
      value -= l2[k - 2]! * x[k - 2]!;
    }
    d[k] = pivot;
    l1[k] = side / pivot;
    l2[k] = normal.second[k]! / pivot;
    x[k] = value;
  }
  for (let k = n - 1; k >= 0; k--) {
    x[k]! /= d[k]!;
    if (k + 1 < n) x[k]! -= l1[k]! * x[k + 1]!;
    if (k + 2 < n) x[k]! -= l2[k]! * x[k + 2]!;
  }
  return x;
}
