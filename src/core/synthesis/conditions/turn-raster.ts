import type { Raster } from '../../image/raster.ts';

/** Turns a picture clockwise by whole quarter turns. */
export function turnRaster(raster: Raster, quarterTurns: 0 | 1 | 2 | 3): Raster {
  let turned = raster;
  for (let turn = 0; turn < quarterTurns; turn++) turned = turnOnce(turned);
  return turned;
}

function turnOnce({ data, width, height, channels }: Raster): Raster {
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * channels;
      const to = (x * height + (height - 1 - y)) * channels;
      for (let c = 0; c < channels; c++) result[to + c] = data[from + c]!;
    }
  }
  return { data: result, width: height, height: width, channels };
}
