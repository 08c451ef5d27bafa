import type { Raster } from '../../core/image/raster.ts';

/** Copies rows of gray, BGR(x) or RGB(x) bytes into a raster, with one channel when no pixel has a colour. */
export function packPixels(
  source: Uint8Array,
  layout: { width: number; height: number; stride: number; step: number; bgr: boolean },
): Raster {
  const { width, height, stride, step, bgr } = layout;
  const gray = step === 1 || isGray(source, layout);
  const channels = gray ? 1 : 3;
  const data = new Uint8Array(width * height * channels);
  const red = bgr ? 2 : 0;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = y * stride; x < width; x++, from += step, to += channels) {
      if (gray) {
        data[to] = source[from]!;
      } else {
        data[to] = source[from + red]!;
        data[to + 1] = source[from + 1]!;
        data[to + 2] = source[from + 2 - red]!;
      }
    }
  }
  return { data, width, height, channels };
}

function isGray(
  source: Uint8Array,
  { width, height, stride, step }: { width: number; height: number; stride: number; step: number },
): boolean {
  for (let y = 0; y < height; y++) {
    for (let x = 0, at = y * stride; x < width; x++, at += step) {
      if (source[at] !== source[at + 1] || source[at] !== source[at + 2]) return false;
    }
  }
  return true;
}
