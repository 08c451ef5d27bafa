import type { FloatRaster } from '../image/raster.ts';

/** Lowest and highest level, and the share of the page that may lie above it. */
const LOWEST = 0.2;
const HIGHEST = 0.72;
const MOST_INKED = 0.012;
/** Every so many pixels are looked at. */
const STEP = 7;

/**
 * The coverage from which a pixel of a page without its traces counts as print: as low as noise and residue of the grid
 * allow, since faint letters can be read, too. Looks at every seventh pixel.
 */
export function printLevel({ data }: FloatRaster): number {
  const bins = new Int32Array(101);
  let count = 0;
  for (let k = 0; k < data.length; k += STEP) {
    bins[Math.max(0, Math.min(100, Math.floor(data[k]! * 100)))]!++;
    count++;
  }
  let above = 0;
  let level = 100;
  while (level > 0 && above + bins[level]! <= MOST_INKED * count) above += bins[level--]!;
  return Math.min(HIGHEST, Math.max(LOWEST, (level + 1) / 100));
}
