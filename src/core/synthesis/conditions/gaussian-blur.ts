import type { Raster } from '../../image/raster.ts';

/** Gaussian blur of a picture, any number of channels, edges repeated. Returns a new raster. */
export function gaussianBlur(picture: Raster, deviationPx: number): Raster {
  const { data, width, height, channels } = picture;
  const kernel = gaussianKernel(deviationPx);
  const rows = new Float32Array(data.length);
  blurLines(Float32Array.from(data), rows, kernel, {
    lines: height,
    lineStep: width * channels,
    length: width,
    step: channels,
    channels,
  });
  const columns = new Float32Array(data.length);
  blurLines(rows, columns, kernel, {
    lines: width,
    lineStep: channels,
    length: height,
    step: width * channels,
    channels,
  });
  return { data: Uint8Array.from(columns, (value) => value + 0.5), width, height, channels };
}

/** Weights of a Gaussian out to three deviations, from the middle outwards, summing to 1 over both sides. */
function gaussianKernel(deviation: number): Float32Array {
  const reach = Math.max(1, Math.ceil(3 * deviation));
  const half = Float32Array.from({ length: reach + 1 }, (_, k) =>
    Math.exp(-(k * k) / (2 * deviation * deviation)),
  );
  const sum = half.reduce((total, value) => total + 2 * value, -half[0]!);
  return half.map((value) => value / sum);
}

interface Lines {
  readonly lines: number;
  readonly lineStep: number;
  readonly length: number;
  readonly step: number;
  readonly channels: number;
}

function blurLines(from: Float32Array, to: Float32Array, kernel: Float32Array, lines: Lines): void {
  const reach = kernel.length - 1;
  for (let line = 0; line < lines.lines; line++) {
    for (let c = 0; c < lines.channels; c++) {
      const base = line * lines.lineStep + c;
      const last = lines.length - 1;
      for (let i = 0; i <= last; i++) {
        let sum = kernel[0]! * from[base + i * lines.step]!;
        for (let k = 1; k <= reach; k++) {
          const a = i >= k ? i - k : 0;
          const b = i + k <= last ? i + k : last;
          sum += kernel[k]! * (from[base + a * lines.step]! + from[base + b * lines.step]!);
        }
        to[base + i * lines.step] = sum;
      }
    }
  }
}
