import type { FloatRaster } from '../image/raster.ts';

/** Coverage of a frame's pixel, and the share of a column that it fills at least: no trace is that tall. */
const INK = 0.4;
const FILLED = 0.6;
/** Soft edge beside a frame. */
const SIDE_PX = 1;

/**
 * Hides upright lines that run over most of the page (frames, table rules, cuts of the paper): a trace that meets one
 * must not climb along it. Their columns say nothing. Changes both rasters in place.
 */
export function hideFrames(coverage: FloatRaster, certainty: FloatRaster): void {
  const { data, width, height } = coverage;
  const inked = new Uint32Array(width);
  for (let pixel = 0, x = 0; pixel < data.length; pixel++) {
    if (data[pixel]! > INK) inked[x]!++;
    if (++x === width) x = 0;
  }
  for (let x = 0; x < width; x++) {
    if (inked[x]! < FILLED * height) continue;
    for (let at = Math.max(0, x - SIDE_PX); at <= Math.min(width - 1, x + SIDE_PX); at++) {
      for (let pixel = at; pixel < data.length; pixel += width) {
        data[pixel] = 0;
        certainty.data[pixel] = 0;
      }
    }
  }
}
