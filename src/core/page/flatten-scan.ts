import { medianColour } from '../image/median-colour.ts';
import type { Raster } from '../image/raster.ts';
import { warpRaster } from '../image/warp-raster.ts';
import type { Rectification } from './rectification.ts';

/** Draws a scan as its canonical page through the geometry that was found; beyond the scan there is paper. 0.2 s for 2200x1700. */
export function flattenScan(scan: Raster, rectification: Rectification): Raster {
  const { warp, canonicalWidth, canonicalHeight } = rectification;
  return warpRaster(scan, warp, canonicalWidth, canonicalHeight, medianColour(scan));
}
