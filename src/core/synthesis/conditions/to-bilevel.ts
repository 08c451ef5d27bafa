import { boxMean } from '../../image/box-mean.ts';
import type { Raster } from '../../image/raster.ts';
import type { BilevelMethod } from './page-conditions.ts';

/** Thresholds of ordered dithering (Bayer's 4 x 4 matrix). */
const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

/**
 * Turns a gray picture black and white, in place: by one threshold; by a threshold that follows the surroundings, as
 * photocopiers do; by ordered dithering; or by error diffusion (Floyd and Steinberg 1976), as fax machines do.
 */
export function toBilevel(picture: Raster, threshold: number, method: BilevelMethod): void {
  const { data, width, height } = picture;
  if (method === 'fixed') {
    for (let i = 0; i < data.length; i++) data[i] = data[i]! < threshold ? 0 : 255;
  } else if (method === 'local') {
    const radius = Math.max(8, Math.round(Math.max(width, height) / 80));
    const mean = boxMean({ data: Float32Array.from(data), width, height }, radius).data;
    const share = threshold / 195;
    for (let i = 0; i < data.length; i++) data[i] = data[i]! < mean[i]! * share ? 0 : 255;
  } else if (method === 'ordered') {
    // Dots of 2 x 2 pixels survive the blur that follows in a copier; the picture is stretched to its threshold first.
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const level = BAYER[(y & 3) * 4 + (x & 3)]! * 16 + 8;
        data[i] = (data[i]! * 170) / threshold < level ? 0 : 255;
      }
    }
  } else {
    diffuse(picture, threshold / 170);
  }
}

function diffuse({ data, width, height }: Raster, share: number): void {
  let current = new Float32Array(width + 2);
  let below = new Float32Array(width + 2);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const value = data[i]! / share + current[x + 1]!;
      const black = value < 128;
      const error = Math.max(-255, Math.min(255, black ? value : value - 255));
      data[i] = black ? 0 : 255;
      current[x + 2]! += (error * 7) / 16;
      below[x]! += (error * 3) / 16;
      below[x + 1]! += (error * 5) / 16;
      below[x + 2]! += error / 16;
    }
    [current, below] = [below, current];
    below.fill(0);
  }
}
