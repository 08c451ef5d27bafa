import type { Raster } from './raster.ts';

/** Turns a raster clockwise by quarter turns, exactly. Zero turns return the same object. */
export function turnRaster(raster: Raster, quarterTurns: 0 | 1 | 2 | 3): Raster {
  if (quarterTurns === 0) return raster;
  const { data, width, height, channels } = raster;
  const swap = quarterTurns !== 2;
  const outWidth = swap ? height : width;
  const outHeight = swap ? width : height;
  const out = new Uint8Array(data.length);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      const [fromX, fromY] = turnPoint(x, y, width, height, quarterTurns);
      const from = (fromY * width + fromX) * channels;
      const to = (y * outWidth + x) * channels;
      for (let c = 0; c < channels; c++) out[to + c] = data[from + c] as number;
    }
  }
  return { data: out, width: outWidth, height: outHeight, channels };
}

/** Pixel of the unturned `width x height` raster that a pixel of the raster turned by `quarterTurns` shows. */
export function turnPoint(
  x: number,
  y: number,
  width: number,
  height: number,
  quarterTurns: 0 | 1 | 2 | 3,
): [number, number] {
  if (quarterTurns === 1) return [y, height - 1 - x];
  if (quarterTurns === 2) return [width - 1 - x, height - 1 - y];
  if (quarterTurns === 3) return [width - 1 - y, x];
  return [x, y];
}
