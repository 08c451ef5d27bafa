import type { Raster } from '../image/raster.ts';

/** Levels that count as black and as white of a picture of two. */
const BLACK = 8;
const WHITE = 247;
/** Share of the black dots that touch at most one other, from which tones are made of dots. */
const LOOSE_SHARE = 0.25;
const FEWEST_DOTS = 200;
/** Every so many pixels are looked at. */
const STRIDE = 7;

/**
 * A picture of black and white dots that stand for tones (a halftone, as of fax machines), softened until the dots flow
 * together: strokes become whole again and gray lines gray, in one channel. Other pictures are returned as they are. The
 * softening is a binomial of 5 x 5 pixels.
 */
export function softenHalftone(raster: Raster): Raster {
  if (!isHalftone(raster)) return raster;
  const { width, height, channels } = raster;
  const across = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (d: number): number =>
        raster.data[(y * width + Math.max(0, Math.min(width - 1, x + d))) * channels]!;
      across[y * width + x] = at(-2) + 4 * at(-1) + 6 * at(0) + 4 * at(1) + at(2);
    }
  }
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const rows = [-2, -1, 0, 1, 2].map((d) => Math.max(0, Math.min(height - 1, y + d)) * width);
    for (let x = 0; x < width; x++) {
      const sum =
        across[rows[0]! + x]! +
        4 * across[rows[1]! + x]! +
        6 * across[rows[2]! + x]! +
        4 * across[rows[3]! + x]! +
        across[rows[4]! + x]!;
      data[y * width + x] = Math.round(sum / 256);
    }
  }
  return { data, width, height, channels: 1 };
}

/** Whether a picture has two tones only, and its black is made of loose dots. */
function isHalftone({ data, width, height, channels }: Raster): boolean {
  const isTwoTone = (at: number): boolean => {
    const first = data[at]!;
    if (first > BLACK && first < WHITE) return false;
    for (let c = 1; c < channels; c++) if (Math.abs(data[at + c]! - first) > BLACK) return false;
    return true;
  };
  const last = width * (height - 1) - 1;
  let dots = 0;
  let loose = 0;
  for (let at = width + 1; at < last; at += STRIDE) {
    if (!isTwoTone(at * channels)) return false;
    if (data[at * channels]! > BLACK) continue;
    dots++;
    let touching = 0;
    for (const next of [at - 1, at + 1, at - width, at + width]) {
      if (data[next * channels]! <= BLACK) touching++;
    }
    if (touching <= 1) loose++;
  }
  return dots >= FEWEST_DOTS && loose >= LOOSE_SHARE * dots;
}
