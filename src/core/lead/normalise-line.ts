import type { Box, FloatRaster } from '../image/raster.ts';
import { TEXT_INPUT_HEIGHT } from './text-net.ts';

/** Rows of the picture that the line's box fills, the rows above it, and the columns before and behind it. */
const LINE_ROWS = 12;
const TOP = 2;
const MARGIN = 6;
const FAINT = 0.06;

/**
 * Cuts a line of print out of the coverage for the network: its box fills 12 of 16 rows, the darkest ink becomes 1.
 * Stored column by column, an even number of columns. Area-averaged, so any size of print works.
 */
export function normaliseLine(coverage: FloatRaster, box: Box): Float32Array {
  const { data, width, height } = coverage;
  const scale = Math.max(1, box.y1 - box.y0) / LINE_ROWS;
  const columns = 2 * Math.ceil(((box.x1 - box.x0) / scale + 2 * MARGIN) / 2);
  const out = new Float32Array(columns * TEXT_INPUT_HEIGHT);
  const samples = Math.max(1, Math.min(4, Math.ceil(scale)));
  let most = 0;
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < TEXT_INPUT_HEIGHT; j++) {
      let sum = 0;
      for (let b = 0; b < samples; b++) {
        const y = box.y0 + (j - TOP + (b + 0.5) / samples) * scale - 0.5;
        const y0 = Math.floor(y);
        const fy = y - y0;
        for (let a = 0; a < samples; a++) {
          const x = box.x0 + (i - MARGIN + (a + 0.5) / samples) * scale - 0.5;
          const x0 = Math.floor(x);
          if (x0 < 0 || y0 < 0 || x0 + 1 >= width || y0 + 1 >= height) continue;
          const fx = x - x0;
          const at = y0 * width + x0;
          sum +=
            (1 - fy) * ((1 - fx) * data[at]! + fx * data[at + 1]!) +
            fy * ((1 - fx) * data[at + width]! + fx * data[at + width + 1]!);
        }
      }
      const value = sum / (samples * samples);
      out[i * TEXT_INPUT_HEIGHT + j] = value;
      if (value > most) most = value;
    }
  }
  if (most > 0) {
    for (let k = 0; k < out.length; k++) {
      const value = out[k]! / most;
      out[k] = value < FAINT ? 0 : value;
    }
  }
  return out;
}
