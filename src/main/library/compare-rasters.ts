import type { Raster } from '../../core/image/raster.ts';

/** Shrinks a raster by averaging whole boxes of pixels until its longer side is at most `sidePx`. */
export function thumbnailOf(raster: Raster, sidePx: number): Raster {
  const { data, width, height, channels } = raster;
  const scale = Math.max(1, Math.max(width, height) / sidePx);
  const w = Math.max(1, Math.round(width / scale));
  const h = Math.max(1, Math.round(height / scale));
  const small = new Uint8Array(w * h * channels);
  for (let j = 0; j < h; j++) {
    const y0 = Math.floor((j * height) / h);
    const y1 = Math.max(y0 + 1, Math.floor(((j + 1) * height) / h));
    for (let i = 0; i < w; i++) {
      const x0 = Math.floor((i * width) / w);
      const x1 = Math.max(x0 + 1, Math.floor(((i + 1) * width) / w));
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let y = y0; y < y1; y++) {
          for (let x = x0; x < x1; x++) sum += data[(y * width + x) * channels + c]!;
        }
        small[(j * w + i) * channels + c] = Math.round(sum / ((x1 - x0) * (y1 - y0)));
      }
    }
  }
  return { data: small, width: w, height: h, channels };
}

/** Mean absolute difference of the gray values of two rasters of one size, 0..255. */
export function meanDifference(a: Raster, b: Raster): number {
  const level = ({ data, channels }: Raster, i: number): number =>
    channels === 1 ? data[i]! : (data[3 * i]! + data[3 * i + 1]! + data[3 * i + 2]!) / 3;
  const pixels = a.width * a.height;
  let sum = 0;
  for (let i = 0; i < pixels; i++) sum += Math.abs(level(a, i) - level(b, i));
  return sum / pixels;
}
