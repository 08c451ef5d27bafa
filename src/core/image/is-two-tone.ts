import type { Raster } from './raster.ts';

/** Levels up to which a pixel is black and from which it is white. */
const BLACK = 8;
const WHITE = 247;
/** Every so many values are looked at. */
const STRIDE = 101;

/** Whether a picture is black and white without any gray: a fax, a copy by a threshold, a halftone. */
export function isTwoTone({ data }: Raster): boolean {
  for (let at = 0; at < data.length; at += STRIDE) {
    if (data[at]! > BLACK && data[at]! < WHITE) return false;
  }
  return true;
}
