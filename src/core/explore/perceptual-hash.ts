import type { Raster } from '../image/raster.ts';

/** Fields across and down whose neighbours are compared: ECG pages of one printer differ in little but their traces. */
const COLUMNS = 32;
const ROWS = 32;

/**
 * Difference hash of a picture: the mean brightness of 33 x 32 fields, and for each whether it is brighter than its
 * right neighbour. It hardly changes when a picture is scaled, encoded anew or made a little brighter.
 *
 * @returns 256 hexadecimal digits (1024 bits, row by row)
 */
export function perceptualHash({ data, width, height, channels }: Raster): string {
  const fields = new Float64Array((COLUMNS + 1) * ROWS);
  const counts = new Float64Array(fields.length);
  for (let y = 0; y < height; y++) {
    const row = Math.min(ROWS - 1, Math.floor((y * ROWS) / height));
    for (let x = 0; x < width; x++) {
      const field = row * (COLUMNS + 1) + Math.min(COLUMNS, Math.floor((x * (COLUMNS + 1)) / width));
      const i = y * width + x;
      fields[field]! +=
        channels === 1 ? data[i]! : (data[3 * i]! + 2 * data[3 * i + 1]! + data[3 * i + 2]!) / 4;
      counts[field]!++;
    }
  }
  for (let k = 0; k < fields.length; k++) if (counts[k]! > 0) fields[k]! /= counts[k]!;
  let text = '';
  let nibble = 0;
  for (let bit = 0; bit < COLUMNS * ROWS; bit++) {
    const field = Math.floor(bit / COLUMNS) * (COLUMNS + 1) + (bit % COLUMNS);
    nibble = (nibble << 1) | (fields[field]! > fields[field + 1]! ? 1 : 0);
    if (bit % 4 === 3) {
      text += nibble.toString(16);
      nibble = 0;
    }
  }
  return text;
}
