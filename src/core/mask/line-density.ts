import type { FloatRaster } from '../image/raster.ts';

/** Density of straight lines along one axis: `data[line * blocks + block]` is the level of that line in that block. */
export interface LineDensity {
  readonly lines: number;
  readonly blocks: number;
  readonly blockPx: number;
  readonly data: Float32Array;
  /** A high quantile instead of the median: dotted and dithered lines, dark only here and there, show in it. */
  readonly dots: Float32Array;
  /** A low quantile: lines with gaps, as stacked legs of calibration pulses are, do not show in it. */
  readonly unbroken: Float32Array;
}

const BINS = 160;
const LEAST = -0.1;
const PER_UNIT = 128;
/** Quantile at which dots show. */
const DOTS = 0.78;
/** Quantile that gaps show in. */
const UNBROKEN = 0.2;

/**
 * Median density along every column (`axis: 'x'`) or every row (`axis: 'y'`) in blocks: what runs straight along the
 * axis (grid lines) remains, what only crosses it (the trace) does not. About 25 ms for 2200x1700.
 */
export function measureLines(density: FloatRaster, axis: 'x' | 'y', blockPx: number): LineDensity {
  const { data, width, height } = density;
  const lines = axis === 'x' ? width : height;
  const length = axis === 'x' ? height : width;
  const blocks = Math.max(1, Math.round(length / blockPx));
  const levels = new Float32Array(lines * blocks);
  const dots = new Float32Array(lines * blocks);
  const unbroken = new Float32Array(lines * blocks);
  // Columns are handled in strips so that each cache line is read once.
  const strip = axis === 'x' ? 32 : 1;
  const counts = new Uint16Array(BINS * strip);
  for (let block = 0; block < blocks; block++) {
    const from = Math.floor((block * length) / blocks);
    const to = Math.floor(((block + 1) * length) / blocks);
    for (let line = 0; line < lines; line += strip) {
      const end = Math.min(lines, line + strip);
      counts.fill(0);
      let total = 0;
      if (axis === 'x') {
        for (let y = from; y < to; y += 2, total++) {
          for (let x = line; x < end; x++) counts[(x - line) * BINS + binOf(data[y * width + x]!)]!++;
        }
      } else {
        const row = line * width;
        for (let x = from; x < to; x += 2, total++) counts[binOf(data[row + x]!)]!++;
      }
      for (let at = line; at < end; at++) {
        levels[at * blocks + block] = quantileOf(counts, (at - line) * BINS, total * 0.5);
        dots[at * blocks + block] = quantileOf(counts, (at - line) * BINS, total * DOTS);
        unbroken[at * blocks + block] = quantileOf(counts, (at - line) * BINS, total * UNBROKEN);
      }
    }
  }
  return { lines, blocks, blockPx: length / blocks, data: levels, dots, unbroken };
}

function binOf(value: number): number {
  const bin = (value - LEAST) * PER_UNIT;
  return bin < 0 ? 0 : bin > BINS - 1 ? BINS - 1 : bin | 0;
}

function quantileOf(counts: Uint16Array, from: number, rank: number): number {
  let left = rank;
  for (let bin = 0; bin < BINS; bin++) {
    const here = counts[from + bin]!;
    if (here >= left) return LEAST + (bin + left / here) / PER_UNIT;
    left -= here;
  }
  return LEAST + BINS / PER_UNIT;
}
