import type { FloatRaster, Raster } from './raster.ts';

/**
 * Shrinks a raster by a whole factor, averaging `factor x factor` pixels, one float plane per channel.
 *
 * Reduced pixel (i, j) covers source pixels [i*factor, (i+1)*factor); its centre lies at source coordinate
 * `i * factor + (factor - 1) / 2`. Columns and rows that do not fill a whole reduced pixel are dropped.
 * Values keep the range 0..255. Cost: one pass over the source.
 *
 * @example
 * reduceChannels({ data: Uint8Array.of(0, 10, 20, 30), width: 2, height: 2, channels: 1 }, 2)[0].data; // [15]
 */
export function reduceChannels(raster: Raster, factor: number): FloatRaster[] {
  const { data, width, height, channels } = raster;
  const outWidth = Math.max(1, Math.floor(width / factor));
  const outHeight = Math.max(1, Math.floor(height / factor));
  const across = Math.min(factor, width);
  const down = Math.min(factor, height);
  const planes = Array.from({ length: channels }, () => new Float32Array(outWidth * outHeight));
  const scale = 1 / (across * down);
  for (let channel = 0; channel < channels; channel++) {
    const plane = planes[channel] as Float32Array;
    for (let j = 0; j < outHeight; j++) {
      const outRow = j * outWidth;
      for (let dy = 0; dy < down; dy++) {
        let at = (j * factor + dy) * width * channels + channel;
        for (let i = 0; i < outWidth; i++) {
          let sum = 0;
          for (let dx = 0; dx < across; dx++, at += channels) sum += data[at] as number;
          plane[outRow + i] = (plane[outRow + i] as number) + sum * scale;
        }
      }
    }
  }
  return planes.map((data) => ({ data, width: outWidth, height: outHeight }));
}
