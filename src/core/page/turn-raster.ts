import type { Raster } from '../image/raster.ts';

/** The raster after `turns` clockwise quarter turns (0 returns it as it is). */
export function turnRaster(raster: Raster, turns: 0 | 1 | 2 | 3): Raster {
  if (turns === 0) return raster;
  const { width, height, channels, data } = raster;
  const outWidth = turns === 2 ? width : height;
  const outHeight = turns === 2 ? height : width;
  const out = new Uint8Array(data.length);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      const [sx, sy] = unturnPoint(x, y, turns, width, height);
      const from = (sy * width + sx) * channels;
      const to = (y * outWidth + x) * channels;
      for (let c = 0; c < channels; c++) out[to + c] = data[from + c]!;
    }
  }
  return { data: out, width: outWidth, height: outHeight, channels };
}

/** Where a point of the turned raster lies in the raster of `width` x `height` before `turns` clockwise quarter turns. */
export function unturnPoint(
  x: number,
  y: number,
  turns: 0 | 1 | 2 | 3,
  width: number,
  height: number,
): [number, number] {
  if (turns === 1) return [y, height - 1 - x];
  if (turns === 2) return [width - 1 - x, height - 1 - y];
  if (turns === 3) return [width - 1 - y, x];
  return [x, y];
}

/** Where a point of a raster of `width` x `height` comes to lie by `turns` clockwise quarter turns: undoes `unturnPoint`. */
export function turnPoint(
  x: number,
  y: number,
  turns: 0 | 1 | 2 | 3,
  width: number,
  height: number,
): [number, number] {
  if (turns === 1) return [height - 1 - y, x];
  if (turns === 2) return [width - 1 - x, height - 1 - y];
  if (turns === 3) return [y, width - 1 - x];
  return [x, y];
}
