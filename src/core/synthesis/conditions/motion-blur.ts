import type { Raster } from '../../image/raster.ts';

/** Mean along a straight way of the camera, rounded to whole pixels; edges repeated. Returns a new raster. */
export function motionBlur(picture: Raster, lengthPx: number, angle: number): Raster {
  const { data, width, height, channels } = picture;
  const taps = Math.max(2, Math.ceil(lengthPx) + 1);
  const shifts = Array.from({ length: taps }, (_, k) => {
    const t = (k / (taps - 1) - 0.5) * lengthPx;
    return [Math.round(t * Math.cos(angle)), Math.round(t * Math.sin(angle))] as const;
  });
  const result = new Uint8Array(data.length);
  const sum = new Uint16Array(width * channels);
  for (let y = 0; y < height; y++) {
    sum.fill(taps >> 1);
    for (const [dx, dy] of shifts) {
      const row = Math.min(height - 1, Math.max(0, y + dy)) * width * channels;
      const shift = dx * channels;
      const first = Math.max(0, -shift);
      const last = Math.min(sum.length, sum.length - shift);
      for (let i = 0; i < first; i++) sum[i]! += data[row + (i % channels)]!;
      for (let i = first; i < last; i++) sum[i]! += data[row + shift + i]!;
      for (let i = last; i < sum.length; i++) sum[i]! += data[row + sum.length - channels + (i % channels)]!;
    }
    const base = y * width * channels;
    for (let i = 0; i < sum.length; i++) result[base + i] = sum[i]! / taps;
  }
  return { data: result, width, height, channels };
}
