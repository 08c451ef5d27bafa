import type { Raster } from '../../core/image/raster.ts';

/** An RGB picture as planes 0..1: [3, H, W]. */
export function toPlanes(raster: Raster): Float32Array {
  const area = raster.width * raster.height;
  const planes = new Float32Array(3 * area);
  for (let k = 0; k < area; k++) {
    for (let c = 0; c < 3; c++) planes[c * area + k] = raster.data[3 * k + c]! / 255;
  }
  return planes;
}
