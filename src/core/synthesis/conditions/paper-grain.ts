import type { Raster } from '../../image/raster.ts';
import type { Random } from '../random.ts';

/** Side of the tile of grain that is repeated with random shifts. */
const TILE = 128;

/**
 * Adds the fine unevenness of paper to an RGB page, in place: gray noise, smoothed over a pixel.
 *
 * @param deviation standard deviation, gray levels
 */
export function addPaperGrain(page: Raster, deviation: number, random: Random): void {
  const raw = Float32Array.from({ length: TILE * TILE }, () => random.normal(0, 1.7 * deviation));
  const tile = new Float32Array(TILE * TILE);
  for (let j = 0; j < TILE; j++) {
    for (let i = 0; i < TILE; i++) {
      const right = (i + 1) % TILE;
      const below = ((j + 1) % TILE) * TILE;
      tile[j * TILE + i] =
        0.5 +
        0.35 * (raw[j * TILE + i]! + raw[j * TILE + right]!) +
        0.35 * (raw[below + i]! + raw[below + right]!);
    }
  }
  const { data, width, height } = page;
  for (let y = 0; y < height; y++) {
    // A shift of its own for every row of tiles hides the repetition.
    const shift = ((y >> 7) * 47) & (TILE - 1);
    const row = (y & (TILE - 1)) * TILE;
    for (let x = 0, p = y * width * 3; x < width; x++, p += 3) {
      const add = tile[row + ((x + shift) & (TILE - 1))]!;
      for (let c = p; c < p + 3; c++) {
        const value = data[c]! + add;
        data[c] = value < 0 ? 0 : value > 255 ? 255 : value;
      }
    }
  }
}
