import type { FloatRaster } from '../image/raster.ts';

/** Side of the cells in which shade is measured, and of the square no mark of the pen fills, millimetres. */
const CELL_MM = 0.36;
const WINDOW_MM = 1.9;

/**
 * Takes shade (creases, shadows, stains) out of a density, in place: whatever fills a square wider than any pen stroke
 * is not stroke. The shade is a morphological opening of cell means; ink under shade `b` shows as `b + c * (1 - b)`.
 * About 40 ms for 2200x1700.
 */
export function flattenDensity(density: FloatRaster, pxPerMm: number): void {
  const { data, width, height } = density;
  const cell = Math.max(1, Math.round(CELL_MM * pxPerMm));
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const half = Math.max(1, Math.round((WINDOW_MM * pxPerMm) / cell / 2 - 0.5));
  const means = cellMeans(data, width, height, cell, columns, rows);
  let shade = slide(slide(means, columns, rows, half, 'least', 1), columns, rows, half, 'least', columns);
  shade = slide(slide(shade, columns, rows, half, 'most', 1), columns, rows, half, 'most', columns);
  // An opening follows the lower edge of the noise: lift it by the usual distance.
  const above = new Float32Array(means.length);
  for (let i = 0; i < above.length; i++) above[i] = means[i]! - shade[i]!;
  above.sort();
  const lift = above[above.length >> 1] ?? 0;
  const lefts = new Int32Array(width);
  const shares = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const u = Math.min(columns - 1, Math.max(0, (x + 0.5) / cell - 0.5));
    lefts[x] = Math.min(Math.max(0, columns - 2), Math.floor(u));
    shares[x] = u - lefts[x]!;
  }
  const levels = new Float32Array(columns + 1);
  for (let y = 0; y < height; y++) {
    const v = Math.min(rows - 1, Math.max(0, (y + 0.5) / cell - 0.5));
    const top = Math.floor(v);
    const below = Math.min(rows - 1, top + 1) * columns;
    const share = v - top;
    for (let column = 0; column < columns; column++) {
      const a = shade[top * columns + column]!;
      levels[column] = Math.min(0.9, a + (shade[below + column]! - a) * share + lift);
    }
    levels[columns] = levels[columns - 1]!;
    flattenRow(data, y * width, levels, lefts, shares);
  }
}

function flattenRow(
  data: Float32Array,
  at: number,
  levels: Float32Array,
  lefts: Int32Array,
  shares: Float32Array,
): void {
  for (let x = 0; x < lefts.length; x++, at++) {
    const left = lefts[x]!;
    const level = levels[left]! + (levels[left + 1]! - levels[left]!) * shares[x]!;
    data[at] = (data[at]! - level) / (1 - level);
  }
}

function cellMeans(
  data: Float32Array,
  width: number,
  height: number,
  cell: number,
  columns: number,
  rows: number,
): Float32Array {
  const means = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const y1 = Math.min(height, (row + 1) * cell);
    for (let y = row * cell; y < y1; y++) {
      addCells(means, row * columns, data, y * width, width, cell);
    }
    for (let column = 0; column < columns; column++) {
      means[row * columns + column]! /=
        (y1 - row * cell) * (Math.min(width, (column + 1) * cell) - column * cell);
    }
  }
  return means;
}

/** Adds a row of pixels to the cells, in the order of the pixels. */
function addCells(
  sums: Float32Array,
  to: number,
  data: Float32Array,
  from: number,
  count: number,
  cell: number,
): void {
  for (let x = 0; x < count; to++) {
    const end = Math.min(count, x + cell);
    let sum = sums[to]!;
    for (; x < end; x++) sum = Math.fround(sum + data[from + x]!);
    sums[to] = sum;
  }
}

/** Least or greatest value within `half` cells along one direction (`step` 1: along rows, else along columns). */
function slide(
  source: Float32Array,
  columns: number,
  rows: number,
  half: number,
  which: 'least' | 'most',
  step: number,
): Float32Array {
  const result = new Float32Array(source.length);
  const sign = which === 'least' ? 1 : -1;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = step === 1 ? column : row;
      const last = (step === 1 ? columns : rows) - 1;
      const i = row * columns + column;
      const before = Math.min(half, at);
      const after = Math.min(half, last - at);
      result[i] = sign * leastOf(source, i - before * step, i + after * step, step, sign);
    }
  }
  return result;
}

function leastOf(source: Float32Array, from: number, to: number, step: number, sign: number): number {
  let best = Infinity;
  for (let i = from; i <= to; i += step) {
    const value = source[i]! * sign;
    if (value < best) best = value;
  }
  return best;
}
