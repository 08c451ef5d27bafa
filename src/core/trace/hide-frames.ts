import type { FloatRaster } from '../image/raster.ts';

/** Coverage of a frame's pixel, and the height that it runs unbroken in one column at least: no leg of a peak does. */
const INK = 0.4;
const LEAST_MM = 45;
/** Soft edge beside a frame. */
const SIDE_PX = 1;

/**
 * Hides upright lines taller than any wave (frames, table rules, separators across all rows, cuts of the paper): a trace
 * that meets one must not climb along it. What they cover says nothing. Changes both rasters in place.
 */
export function hideFrames(coverage: FloatRaster, certainty: FloatRaster, pxPerMm: number): void {
  const { data, width, height } = coverage;
  const least = LEAST_MM * pxPerMm;
  const run = new Uint32Array(width);
  const found: { x: number; from: number; to: number }[] = [];
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x < width; x++) {
      if (y < height && data[y * width + x]! > INK) run[x]!++;
      else {
        if (run[x]! >= least) found.push({ x, from: y - run[x]!, to: y });
        run[x] = 0;
      }
    }
  }
  for (const { x, from, to } of found) {
    for (let at = Math.max(0, x - SIDE_PX); at <= Math.min(width - 1, x + SIDE_PX); at++) {
      for (let y = from; y < to; y++) {
        data[y * width + at] = 0;
        certainty.data[y * width + at] = 0;
      }
    }
  }
}
