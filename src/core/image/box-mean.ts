import type { FloatRaster } from './raster.ts';

/**
 * Mean over the square window of `2 * radius + 1` pixels around every pixel; at the border over the part of the window
 * that lies inside. Running sums: the cost does not depend on the radius.
 *
 * @example
 * boxMean({ data: Float32Array.of(0, 3, 6), width: 3, height: 1 }, 1).data; // [1.5, 3, 4.5]
 */
export function boxMean(source: FloatRaster, radius: number): FloatRaster {
  const { data, width, height } = source;
  const across = new Float32Array(width * height);
  for (let y = 0; y < height; y++) meanOfRow(data, across, y * width, width, radius);
  const out = new Float32Array(width * height);
  const sums = new Float64Array(width);
  let rows = 0;
  for (let y = 0; y < Math.min(radius, height); y++, rows++) addRow(sums, across, y * width, 1);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) {
      addRow(sums, across, (y + radius) * width, 1);
      rows++;
    }
    if (y - radius - 1 >= 0) {
      addRow(sums, across, (y - radius - 1) * width, -1);
      rows--;
    }
    const scale = 1 / rows;
    const at = y * width;
    for (let x = 0; x < width; x++) out[at + x] = (sums[x] as number) * scale;
  }
  return { data: out, width, height };
}

function meanOfRow(data: Float32Array, out: Float32Array, at: number, width: number, radius: number): void {
  let sum = 0;
  let count = 0;
  for (let x = 0; x < Math.min(radius, width); x++, count++) sum += data[at + x] as number;
  for (let x = 0; x < width; x++) {
    if (x + radius < width) {
      sum += data[at + x + radius] as number;
      count++;
    }
    if (x - radius - 1 >= 0) {
      sum -= data[at + x - radius - 1] as number;
      count--;
    }
    out[at + x] = sum / count;
  }
}

function addRow(sums: Float64Array, data: Float32Array, at: number, sign: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] as number) + sign * (data[at + x] as number);
}
