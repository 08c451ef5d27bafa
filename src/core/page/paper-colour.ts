import type { Raster } from '../image/raster.ts';

/** Colour of the paper: per channel the 70th percentile over a sparse sample of the middle of the picture, 0..255. */
export function paperColour(raster: Raster): number[] {
  const { data, width, height, channels } = raster;
  const histograms = Array.from({ length: channels }, () => new Uint32Array(256));
  const step = Math.max(1, Math.floor(Math.min(width, height) / 300));
  let count = 0;
  for (let y = height >> 2; y < height - (height >> 2); y += step) {
    for (let x = width >> 2; x < width - (width >> 2); x += step, count++) {
      for (let c = 0; c < channels; c++) {
        const histogram = histograms[c] as Uint32Array;
        const value = data[(y * width + x) * channels + c] as number;
        histogram[value] = (histogram[value] as number) + 1;
      }
    }
  }
  return histograms.map((histogram) => {
    let seen = 0;
    for (let value = 0; value < 256; value++) {
      seen += histogram[value] as number;
      if (seen >= 0.7 * count) return value;
    }
    return 255;
  });
}
