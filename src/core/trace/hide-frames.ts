import type { FloatRaster } from '../image/raster.ts';

/** Coverage of a frame's pixel, and the share of the page's height that it runs unbroken at least: no trace does. */
const INK = 0.4;
const LEAST_RUN = 0.5;
/** Soft edge beside a frame. */
const SIDE_PX = 1;

/**
 * Hides upright lines that run over most of the page (frames, table rules, cuts of the paper): a trace that meets one
 * must not climb along it. Their columns say nothing. Changes both rasters in place.
 */
export function hideFrames(coverage: FloatRaster, certainty: FloatRaster): void {
  const { data, width, height } = coverage;
  const run = new Uint32Array(width);
  const longest = new Uint32Array(width);
  for (let pixel = 0, x = 0; pixel < data.length; pixel++) {
    if (data[pixel]! > INK) {
      const length = ++run[x]!;
      if (length > longest[x]!) longest[x] = length;
    } else run[x] = 0;
    if (++x === width) x = 0;
  }
  for (let x = 0; x < width; x++) {
    if (longest[x]! < LEAST_RUN * height) continue;
    for (let at = Math.max(0, x - SIDE_PX); at <= Math.min(width - 1, x + SIDE_PX); at++) {
      for (let pixel = at; pixel < data.length; pixel += width) {
        data[pixel] = 0;
        certainty.data[pixel] = 0;
      }
    }
  }
}
