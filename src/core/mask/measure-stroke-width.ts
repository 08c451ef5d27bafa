import type { FloatRaster } from '../image/raster.ts';

/** Coverage below which a pixel does not belong to a stroke. */
const EDGE = 0.25;
const PER_PX = 16;
const ASIDE = 4;

/**
 * Thickness of the pen's stroke: the mass of coverage in vertical runs where the stroke goes on flat to both sides.
 * Sloping strokes have longer runs, so a lowish quantile of them is the pen's own width. About 20 ms for 2200x1700.
 *
 * @param longestPx runs longer than this are not strokes lying flat
 * @returns pixels; 0 when the page has no strokes
 */
export function measureStrokeWidth(coverage: FloatRaster, longestPx: number): number {
  const histogram = new Uint32Array(Math.ceil(longestPx * PER_PX) + 1);
  let runs = 0;
  for (let x = 1; x < coverage.width - 1; x += 2) runs += countRuns(coverage, x, histogram);
  if (runs < 20) return 0;
  let left = runs * 0.4;
  for (let bin = 0; bin < histogram.length; bin++) {
    left -= histogram[bin]!;
    if (left <= 0) return bin / PER_PX;
  }
  return longestPx;
}

/** Adds the runs of one column to the histogram; returns how many. */
function countRuns({ data, width, height }: FloatRaster, x: number, histogram: Uint32Array): number {
  let runs = 0;
  let mass = 0;
  let moment = 0;
  let peak = 0;
  for (let y = 1; y < height; y++) {
    const value = data[y * width + x]!;
    if (value >= EDGE) {
      mass += value;
      moment += value * y;
      if (value > peak) peak = value;
      continue;
    }
    if (mass === 0) continue;
    const bin = Math.round((mass + value) * PER_PX);
    if (peak > 0.6 && bin < histogram.length && goesOn(data, width, x, Math.round(moment / mass))) {
      histogram[bin]!++;
      runs++;
    }
    mass = 0;
    moment = 0;
    peak = 0;
  }
  return runs;
}

/** Whether there is ink at the same height a few columns to both sides: specks and steep strokes have none. */
function goesOn(data: Float32Array, width: number, x: number, y: number): boolean {
  for (const dx of [-ASIDE, ASIDE]) {
    if (x + dx < 0 || x + dx >= width) return false;
    let best = 0;
    for (let dy = -1; dy <= 1; dy++) best = Math.max(best, data[(y + dy) * width + x + dx] ?? 0);
    if (best < 0.5) return false;
  }
  return true;
}
