import type { Raster } from '../../image/raster.ts';
import type { Random } from '../random.ts';
import { sampleField } from '../sample-field.ts';
import { createSmoothNoise } from '../smooth-noise.ts';

/** Blotches of false colour a few pixels wide, as small sensors leave them, in place. RGB. */
export function addChromaNoise(picture: Raster, deviation: number, random: Random): void {
  const { data, width, height } = picture;
  for (let channel = 0; channel < 3; channel += 2) {
    const fine = createSmoothNoise(random.fork(`fine${channel}`), 5);
    const coarse = createSmoothNoise(random.fork(`coarse${channel}`), 19);
    // Value noise has a standard deviation of about 0.4.
    const field = (x: number, y: number) => 1.8 * deviation * (fine(x, y) + coarse(x, y));
    sampleField({ width, height, stepPx: 4 }, field, (y, row) => {
      for (let x = 0, p = y * width * 3 + channel; x < width; x++, p += 3) {
        const value = data[p]! + row[x]! + 0.5;
        data[p] = value < 0 ? 0 : value > 255 ? 255 : value;
      }
    });
  }
}
