import type { Box, FloatRaster } from '../image/raster.ts';
import { LABEL_INPUT_HEIGHT, LABEL_INPUT_WIDTH } from './label-net.ts';

/** Rows of the picture that the word's box fills, and the columns before it. */
const WORD_ROWS = 16;
const TOP = 2;
const LEFT = 3;
/** Widest word before it is squeezed. */
const MAX_COLUMNS = 42;

/**
 * Cuts a word out of the coverage: its box fills 16 of 20 rows and starts at column 3 of 48, wide words are squeezed,
 * and the darkest ink becomes 1. Surroundings of the word stay visible. Area-averaged, so any size of print works.
 */
export function normaliseWord(coverage: FloatRaster, box: Box): Float32Array {
  const { data, width, height } = coverage;
  const out = new Float32Array(LABEL_INPUT_WIDTH * LABEL_INPUT_HEIGHT);
  const scaleY = Math.max(1, box.y1 - box.y0) / WORD_ROWS;
  const scaleX = Math.max(scaleY, (box.x1 - box.x0) / MAX_COLUMNS);
  const samplesX = Math.max(1, Math.min(4, Math.ceil(scaleX)));
  const samplesY = Math.max(1, Math.min(4, Math.ceil(scaleY)));
  let most = 0;
  for (let j = 0; j < LABEL_INPUT_HEIGHT; j++) {
    for (let i = 0; i < LABEL_INPUT_WIDTH; i++) {
      let sum = 0;
      for (let b = 0; b < samplesY; b++) {
        const y = box.y0 + (j - TOP + (b + 0.5) / samplesY) * scaleY - 0.5;
        const y0 = Math.floor(y);
        const fy = y - y0;
        for (let a = 0; a < samplesX; a++) {
          const x = box.x0 + (i - LEFT + (a + 0.5) / samplesX) * scaleX - 0.5;
          const x0 = Math.floor(x);
          if (x0 < 0 || y0 < 0 || x0 + 1 >= width || y0 + 1 >= height) continue;
          const fx = x - x0;
          const at = y0 * width + x0;
          sum +=
            (1 - fy) * ((1 - fx) * data[at] + fx * data[at + 1]) +
            fy * ((1 - fx) * data[at + width] + fx * data[at + width + 1]);
        }
      }
      const value = sum / (samplesX * samplesY);
      out[j * LABEL_INPUT_WIDTH + i] = value;
      if (value > most) most = value;
    }
  }
  if (most > 0) {
    for (let k = 0; k < out.length; k++) {
      const value = out[k] / most;
      out[k] = value < 0.06 ? 0 : value;
    }
  }
  return out;
}
