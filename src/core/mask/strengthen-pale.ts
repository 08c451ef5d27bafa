import type { FloatRaster } from '../image/raster.ts';

/** Coverage from which a run may be a pale stroke, and up to which peaks are counted. */
const EDGE = 0.2;
const PALE = 0.35;
const DARK = 0.65;
/** How far to both sides a flat stroke goes on, and how much of its own coverage is left there. */
const ASIDE_PX = 4;
const GOES_ON = 0.7;
/** Fewest columns of flat strokes that say anything, and the coverage that their middle is given. */
const LEAST_RUNS = 100;
const FULL = 0.85;
const PER_ONE = 100;

/**
 * Coverage of a page whose pen never covers a pixel: a thin line that a coarse scan has blurred, next to bars or letters
 * that are darker than it. Where flat strokes are pale throughout, all is raised until the usual one covers 0.85.
 * Changes `coverage`; says whether it did.
 */
export function strengthenPale(coverage: FloatRaster): boolean {
  const { data, width, height } = coverage;
  const peaks = new Uint32Array(PER_ONE + 1);
  let runs = 0;
  for (let x = ASIDE_PX; x < width - ASIDE_PX; x += 2) {
    let peak = 0;
    let at = 0;
    for (let y = 1; y < height - 1; y++) {
      const value = data[y * width + x]!;
      if (value >= EDGE) {
        if (value > peak) [peak, at] = [value, y];
        continue;
      }
      if (peak >= PALE && peak < DARK && goesOn(coverage, x, at, GOES_ON * peak)) {
        peaks[Math.round(peak * PER_ONE)]!++;
        runs++;
      }
      peak = 0;
    }
  }
  if (runs < LEAST_RUNS) return false;
  let left = runs / 2;
  let bin = 0;
  while (bin < PER_ONE && (left -= peaks[bin]!) > 0) bin++;
  const gain = (FULL * PER_ONE) / bin;
  for (let k = 0; k < data.length; k++) data[k] = Math.min(1, data[k]! * gain);
  return true;
}

/** Whether there is as much ink about the same height on both sides. */
function goesOn({ data, width }: FloatRaster, x: number, y: number, least: number): boolean {
  for (const dx of [-ASIDE_PX, ASIDE_PX]) {
    let best = 0;
    for (let dy = -1; dy <= 1; dy++) best = Math.max(best, data[(y + dy) * width + x + dx]!);
    if (best < least) return false;
  }
  return true;
}
