import type { FloatRaster } from '../image/raster.ts';
import { type Pen, penShare } from './pen.ts';
import type { TraceEvidence } from './prepare-evidence.ts';

const PER_PX = 8;
const LEAST_SAMPLES = 200;
const TYPICAL_NOISE = 0.08;

/**
 * Measures the pen from the flat parts of traced lines: the coverage against the distance from the line, its median per
 * distance, and the disc and blur that explain it best (grid search; about 5 ms).
 *
 * @param lines first guesses of centre lines, one entry per column from `x0`
 * @param guessPx rough thickness, which bounds the search
 */
export function fitPen(
  evidence: TraceEvidence,
  lines: readonly { readonly x0: number; readonly y: Float64Array }[],
  guessPx: number,
): Pen {
  const { coverage, certainty } = evidence;
  const reach = Math.ceil(1.5 * guessPx + 3);
  const bins = reach * PER_PX;
  const counts = new Uint32Array(bins * 64);
  const totals = new Uint32Array(bins);
  let samples = 0;
  for (const { x0, y } of lines) {
    for (let column = 2; column < y.length - 2; column++) {
      if (countColumn(counts, totals, coverage, certainty.data, x0 + column, y, column, guessPx)) samples++;
    }
  }
  const fallback: Pen = {
    radiusPx: Math.max(0.4, guessPx / 2),
    edgePx: 1.2,
    strength: 1,
    noise: TYPICAL_NOISE,
  };
  if (samples < LEAST_SAMPLES) return fallback;
  const profile = new Float32Array(bins);
  for (let bin = 0; bin < bins; bin++) {
    let left = totals[bin]! / 2;
    let level = 0;
    while (level < 63 && (left -= counts[bin * 64 + level]!) > 0) level++;
    profile[bin] = totals[bin]! === 0 ? Number.NaN : level === 0 ? 0 : (level + 0.5) / 64;
  }
  const pen = searchPen(profile, guessPx);
  return pen ? { ...pen, noise: scatter(counts, bins, pen) } : fallback;
}

/** Counts the pixels of a column by their distance from the line where it runs flat and undisturbed. */
function countColumn(
  counts: Uint32Array,
  totals: Uint32Array,
  { data, width, height }: FloatRaster,
  certainty: Float32Array,
  x: number,
  y: Float64Array,
  column: number,
  guessPx: number,
): boolean {
  const bins = totals.length;
  const reach = bins / PER_PX;
  const here = y[column]!;
  const flat = Math.max(Math.abs(y[column + 2]! - here), Math.abs(y[column - 2]! - here));
  if (!(flat < 0.5)) return false;
  const first = Math.max(0, Math.ceil(here - reach + 1));
  const last = Math.min(height - 1, Math.floor(here + reach - 1));
  const centre = centroid(data, certainty, width, x, here, guessPx, height);
  if (centre !== centre) return false;
  for (let row = first; row <= last; row++) {
    const bin = Math.floor(Math.abs(row - centre) * PER_PX);
    if (bin >= bins || certainty[row * width + x]! < 0.8) continue;
    counts[bin * 64 + Math.min(63, Math.floor(data[row * width + x]! * 64))]!++;
    totals[bin]!++;
  }
  return true;
}

/** Centre of mass of the stroke in one column; NaN when a grid line or a neighbour disturbs it. */
function centroid(
  data: Float32Array,
  certainty: Float32Array,
  width: number,
  x: number,
  y: number,
  guessPx: number,
  height: number,
): number {
  const half = Math.ceil(guessPx / 2 + 2);
  const middle = Math.round(y);
  let mass = 0;
  let moment = 0;
  for (let row = middle - half; row <= middle + half; row++) {
    if (row < 0 || row >= height || certainty[row * width + x]! < 0.8) return Number.NaN;
    const share = data[row * width + x]!;
    if (share < 0.05) continue;
    mass += share;
    moment += share * row;
  }
  const centre = moment / mass;
  return Math.abs(centre - y) < 0.75 ? centre : Number.NaN;
}

/** Root mean square of coverage around the pen's share, within the pen's reach. */
function scatter(counts: Uint32Array, bins: number, pen: Pen): number {
  let sum = 0;
  let total = 0;
  for (let bin = 0; bin < bins; bin++) {
    const distance = (bin + 0.5) / PER_PX;
    if (distance > pen.radiusPx + pen.edgePx) break;
    const drawn = penShare(pen, distance);
    for (let level = 0; level < 64; level++) {
      const n = counts[bin * 64 + level]!;
      const off = (level === 0 ? 0 : (level + 0.5) / 64) - drawn;
      sum += n * off * off;
      total += n;
    }
  }
  return total === 0 ? TYPICAL_NOISE : Math.sqrt(sum / total);
}

function searchPen(profile: Float32Array, guessPx: number): Pen | null {
  let best: Pen | null = null;
  let least = Infinity;
  for (let radiusPx = Math.max(0.3, 0.25 * guessPx); radiusPx <= guessPx + 0.5; radiusPx += 0.05) {
    for (let edgePx = 0.8; edgePx <= 3.2; edgePx += 0.2) {
      const unit: Pen = { radiusPx, edgePx, strength: 1, noise: 0 };
      let cross = 0;
      let power = 0;
      let energy = 0;
      for (let bin = 0; bin < profile.length; bin++) {
        const seen = profile[bin]!;
        if (seen !== seen) continue;
        const drawn = penShare(unit, (bin + 0.5) / PER_PX);
        cross += seen * drawn;
        power += drawn * drawn;
        energy += seen * seen;
      }
      const strength = Math.min(1.05, Math.max(0.3, cross / power));
      const misfit = energy - 2 * strength * cross + strength * strength * power;
      if (misfit < least) {
        least = misfit;
        best = { radiusPx, edgePx, strength, noise: 0 };
      }
    }
  }
  return best;
}
