import type { Raster } from './raster.ts';

/** How far the channels of a gray pixel may differ (lossy coding), and the share of pixels that may differ more. */
const GRAY_LEVELS = 10;
const COLOURED_SHARE = 0.002;
/** Every so many pixels are looked at. */
const STRIDE = 97;

/** Whether a picture is gray or of two tones, in however many channels it is stored: a fax, a copy, a gray scan. */
export function isColourless({ data, channels }: Raster): boolean {
  if (channels === 1) return true;
  let coloured = 0;
  let seen = 0;
  for (let at = 0; at + 2 < data.length; at += channels * STRIDE, seen++) {
    const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
    if (Math.max(r, g, b) - Math.min(r, g, b) > GRAY_LEVELS) coloured++;
  }
  return coloured <= COLOURED_SHARE * seen;
}
