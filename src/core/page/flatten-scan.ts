import type { Raster } from '../image/raster.ts';
import { warpRaster } from '../image/warp-raster.ts';
import type { Rectification } from './rectification.ts';

/** Draws a scan as its canonical page through the geometry that was found; beyond the scan there is paper. 0.2 s for 2200x1700. */
export function flattenScan(scan: Raster, rectification: Rectification): Raster {
  const { warp, canonicalWidth, canonicalHeight } = rectification;
  return warpRaster(scan, warp, canonicalWidth, canonicalHeight, medianColour(scan));
}

/** Paper outnumbers everything else on the pages that are corrected. */
function medianColour({ data, channels }: Raster): number[] {
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
