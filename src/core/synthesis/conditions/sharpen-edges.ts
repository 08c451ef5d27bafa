import type { Raster } from '../../image/raster.ts';

/**
 * Sharpens as cameras and scanners do: adds `amount` times the difference to the mean of the four neighbours. Leaves
 * halos beside lines. The outermost pixels stay. Returns a new raster.
 */
export function sharpenEdges(picture: Raster, amount: number): Raster {
  const { data, width, height, channels } = picture;
  const result = data.slice();
  const stride = width * channels;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * stride + channels, end = (y + 1) * stride - channels; i < end; i++) {
      const around = (data[i - stride]! + data[i + stride]! + data[i - channels]! + data[i + channels]!) / 4;
      const value = data[i]! + amount * (data[i]! - around) + 0.5;
      result[i] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
  return { data: result, width, height, channels };
}
