import type { Raster } from './raster.ts';

/**
 * Median of each channel, of every 97th pixel: the paper, which outnumbers everything else on a page that shows little
 * beside it.
 */
export function medianColour({ data, channels }: Raster): number[] {
  return Array.from({ length: channels }, (_, channel) => {
    const counts = new Uint32Array(256);
    let left = 0;
    for (let at = channel; at < data.length; at += channels * 97) {
      counts[data[at]!]!++;
      left++;
    }
    let value = 0;
    for (left /= 2; value < 255 && left > counts[value]!; value++) left -= counts[value]!;
    return value;
  });
}
