import type { FloatRaster, Raster } from './raster.ts';

/**
 * One channel of a raster shrunk by a whole factor, averaging `factor x factor` pixels.
 *
 * Reduced pixel (i, j) covers source pixels [i*factor, (i+1)*factor); its centre lies at source coordinate
 * `i * factor + (factor - 1) / 2`. Columns and rows that do not fill a whole reduced pixel are dropped (a raster smaller
 * than the factor becomes one pixel). Values keep the range 0..255. Cost: one pass over the source.
 *
 * @example
 * reduceChannel({ data: Uint8Array.of(0, 10, 20, 30), width: 2, height: 2, channels: 1 }, 2, 0).data; // [15]
 */
export function reduceChannel(raster: Raster, factor: number, channel: number): FloatRaster {
  const { data, width, height, channels } = raster;
  const outWidth = Math.max(1, Math.floor(width / factor));
  const outHeight = Math.max(1, Math.floor(height / factor));
  const across = Math.min(factor, width);
  const down = Math.min(factor, height);
  const out = new Float32Array(outWidth * outHeight);
  const scale = 1 / (across * down);
  for (let j = 0; j < outHeight; j++) {
    for (let dy = 0; dy < down; dy++) {
      let at = (j * factor + dy) * width * channels + channel;
      for (let i = j * outWidth, end = i + outWidth; i < end; i++) {
        let sum = 0;
        for (let dx = 0; dx < across; dx++, at += channels) sum += data[at] as number;
        out[i] = (out[i] as number) + sum * scale;
      }
    }
  }
  return { data: out, width: outWidth, height: outHeight };
}
