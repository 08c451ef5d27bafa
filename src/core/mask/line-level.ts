import type { FloatRaster } from '../image/raster.ts';

/** A line is followed so far to both sides, and is one where all but a tenth of its places are above this share of the middle one. */
const FOLLOWED_MM = 2.5;
const EVEN = 0.5;
const BROKEN_SHARE = 0.1;
/** It ends where more than so many places are below this share of the first. */
const GONE = 0.3;
const MOST_GONE = 4;
/** There is bare paper so far above and below a line: letters, bars and borders have ink there. */
const BESIDE_MM = [0.8, 1.6] as const;
/** Fainter lines are paper, by itself and beside its noise (its ninth decile). */
const FAINTEST = 0.05;
const NOISE_DECILE = 0.9;
const ABOVE_NOISE = 1.5;
/** Columns in which lines are looked for, and how many say anything. */
const COLUMN_STEP_MM = 0.7;
const LEAST_PLACES = 20;
/** The darkest lines are passed, so much of their length but at most a quarter: underlines, handwriting. */
const PASSED_MM = 60;
const MOST_PASSED = 0.25;
/** What is as dark as the darkest that were not passed, down to this share of it, is of the same pen. */
const SAME_PEN = 0.6;
/** Every so many pixels are looked at for noise. */
const NOISE_STEP = 11;

/**
 * Coverage along the long lines of a page that stand alone, which are its traces: lettering, bars and dirt, however dark,
 * are shorter or thicker. Lines may slope by up to 45 degrees. Null where there are few. 30 ms for 2200x1700.
 *
 * @param pxPerMm pixels of the raster per millimetre
 */
export function lineLevel(coverage: FloatRaster, pxPerMm: number): number | null {
  const { data, width, height } = coverage;
  const reach = Math.max(2, Math.round(FOLLOWED_MM * pxPerMm));
  const beside = BESIDE_MM.map((mm) => Math.max(2, Math.round(mm * pxPerMm)));
  const faintest = Math.max(FAINTEST, ABOVE_NOISE * noiseOf(data));
  const rows = new Int32Array(2 * reach + 1);
  const levels: number[] = [];
  const columnStep = Math.max(2, Math.round(COLUMN_STEP_MM * pxPerMm));
  for (let x = reach; x + reach < width; x += columnStep) {
    for (let y = 1; y + 1 < height; y++) {
      const at = y * width + x;
      const value = data[at]!;
      if (value < faintest || value < data[at - width]! || value <= data[at + width]!) continue;
      if (!follow(coverage, x, y, 1, rows) || !follow(coverage, x, y, -1, rows)) continue;
      const along = Float32Array.from(rows, (row, k) => data[row * width + x - reach + k]!).sort();
      const middle = along[reach]!;
      if (middle < faintest || along[Math.floor(BROKEN_SHARE * along.length)]! < EVEN * middle) continue;
      if (
        beside.every(
          (px) =>
            isBare(coverage, x - reach, rows, -px, middle) && isBare(coverage, x - reach, rows, px, middle),
        )
      )
        levels.push(middle);
    }
  }
  if (levels.length < LEAST_PLACES) return null;
  levels.sort((a, b) => b - a);
  const passed = Math.min((PASSED_MM * pxPerMm) / columnStep, MOST_PASSED * levels.length);
  const darkest = levels[Math.floor(passed)]!;
  const pen = levels.filter((level) => level <= darkest && level >= SAME_PEN * darkest);
  return pen[pen.length >> 1]!;
}

/**
 * The darkest way to one side from a pixel, at most one row up or down per column, into the rows about their middle; false
 * where it ends.
 */
function follow(
  { data, width, height }: FloatRaster,
  x: number,
  y: number,
  side: 1 | -1,
  rows: Int32Array,
): boolean {
  const reach = rows.length >> 1;
  const least = GONE * data[y * width + x]!;
  let row = y;
  let gone = 0;
  rows[reach] = y;
  for (let k = 1; k <= reach; k++) {
    const at = row * width + x + side * k;
    let best = data[at]!;
    let step = 0;
    if (row > 0 && data[at - width]! > best) [best, step] = [data[at - width]!, -1];
    if (row + 1 < height && data[at + width]! > best) [best, step] = [data[at + width]!, 1];
    row += step;
    rows[reach + side * k] = row;
    if (best < least && ++gone > MOST_GONE) return false;
  }
  return true;
}

/** Whether there is paper so many rows beside most of a line. The picture's edge is none. */
function isBare(
  { data, width, height }: FloatRaster,
  x0: number,
  rows: Int32Array,
  off: number,
  level: number,
): boolean {
  let inked = 0;
  rows.forEach((row, k) => {
    const y = row + off;
    if (y < 0 || y >= height || data[y * width + x0 + k]! >= EVEN * level) inked++;
  });
  return inked <= BROKEN_SHARE * rows.length;
}

function noiseOf(data: Float32Array): number {
  const seen = Float32Array.from(
    { length: Math.floor(data.length / NOISE_STEP) },
    (_, k) => data[k * NOISE_STEP]!,
  );
  seen.sort();
  return seen[Math.floor(NOISE_DECILE * seen.length)] ?? 0;
}
