import type { FloatRaster } from '../image/raster.ts';
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
 * share at its distance from the nearest segment, whose two samples it pulls. Columns marked in `blind` are left out.
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
  // One column at a time: nearest segment per row, then the column's pixels are added.
  const height = ink.height;
  const nearest = new Float64Array(height);
  const segmentOf = new Int32Array(height);
  const shareOf = new Float64Array(height);
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
    nearest.fill(reach * reach, y0, y1 + 1);
    segmentOf.fill(-1, y0, y1 + 1);
    for (let k = from; k <= to; k++) {
      const px = x0 + k / samplesPerPx;
      const py = line[k]!;
      const dx = 1 / samplesPerPx;
      const dy = line[k + 1]! - py;
      const length2 = dx * dx + dy * dy;
      const high = dy < 0 ? py + dy : py;
      const low = dy < 0 ? py : py + dy;
      const rowFrom = Math.max(y0, Math.ceil(high - reach));
      const rowTo = Math.min(y1, Math.floor(low + reach));
      const alongX = (x - px) * dx;
      for (let row = rowFrom; row <= rowTo; row++) {
        let t = (alongX + (row - py) * dy) / length2;
        if (t < 0) t = 0;
        else if (t > 1) t = 1;
        const ex = x - px - t * dx;
        const ey = row - py - t * dy;
        const d2 = ex * ex + ey * ey;
        if (d2 < nearest[row]!) {
          nearest[row] = d2;
          segmentOf[row] = k;
          shareOf[row] = t;
        }
      }
    }
    for (let row = y0; row <= y1; row++) {
      const k = segmentOf[row]!;
      if (k < 0) continue;
      const pixel = row * width + x;
      const w = weight.data[pixel]!;
      if (w === 0) continue;
      const distance = Math.sqrt(nearest[row]!);
      const pale = paleness[k]!;
      const drawn = penShare(pen, distance);
      const residual = pale * drawn - ink.data[pixel]!;
      normal.seen[k]! += w * ink.data[pixel]!;
      normal.drawn[k]! += w * drawn;
      const r2 = (residual * residual) / (ROBUST * ROBUST);
      normal.cost += 0.5 * w * ROBUST * ROBUST * Math.log1p(r2);
      if (distance < 1e-6) continue;
      const t = shareOf[row]!;
      const ey = row - line[k]! - t * (line[k + 1]! - line[k]!);
      const slope = (-pale * penSlope(pen, distance) * ey) / distance;
      const a = slope * (1 - t);
      const b = slope * t;
      const rw = w / (1 + r2);
      normal.diagonal[k]! += rw * a * a;
      normal.diagonal[k + 1]! += rw * b * b;
      normal.first[k]! += rw * a * b;
      normal.right[k]! -= rw * residual * a;
      normal.right[k + 1]! -= rw * residual * b;
    }
  }
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
