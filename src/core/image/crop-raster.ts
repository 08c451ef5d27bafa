import type { Box, Raster } from './raster.ts';

/** The part of a raster inside a box, copied; the box is cut to the raster. */
export function cropRaster(raster: Raster, box: Box): Raster {
  const { channels } = raster;
  const x0 = Math.max(0, box.x0);
  const y0 = Math.max(0, box.y0);
  const width = Math.max(0, Math.min(raster.width, box.x1) - x0);
  const height = Math.max(0, Math.min(raster.height, box.y1) - y0);
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const from = ((y0 + y) * raster.width + x0) * channels;
    data.set(raster.data.subarray(from, from + width * channels), y * width * channels);
  }
  return { data, width, height, channels };
}
