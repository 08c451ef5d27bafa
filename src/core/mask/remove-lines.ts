import type { FloatRaster } from '../image/raster.ts';
import type { LineDensity } from './line-density.ts';

/** Background density above which a pixel says nothing about the trace and is filled from its neighbours. */
const OPAQUE = 0.88;
/** How far a line's dots must stand out of its median for the line to count as dotted. */
const DOTTED = 0.3;
/** How far an opaque pixel's neighbours are looked for. */
const REACH = 4;
/** Even an opaque line is not nothing: zero is kept for pixels hidden by other marks. */
const LEAST_CERTAINTY = 0.02;

/** Ink with the lines taken away, and how much each pixel could still say about ink. */
export interface LineFreeInk {
  readonly coverage: FloatRaster;
  /** 1 on clear paper, towards 0 where a grid line is as dark as the ink itself. */
  readonly certainty: FloatRaster;
}

/**
 * Takes grid lines away from a density: ink over a line of level `b` shows as `b + c * (1 - b)`, so the coverage is
 * `c = (density - b) / (1 - b)`. Where the line is nearly as dark as ink the pixel is filled from across the line.
 * The density itself becomes the coverage. About 50 ms for 2200x1700.
 */
export function removeLines(
  density: FloatRaster,
  vertical: LineDensity,
  horizontal: LineDensity,
): LineFreeInk {
  const { data, width, height } = density;
  const certainty = new Float32Array(width * height);
  const columnLevels = acrossBlocks(vertical, vertical.data);
  const columnDots = acrossBlocks(vertical, vertical.dots);
  const hBlocks = new Int32Array(width);
  const hShares = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const h = Math.min(horizontal.blocks - 1, Math.max(0, (x + 0.5) / horizontal.blockPx - 0.5));
    hBlocks[x] = Math.min(Math.max(0, horizontal.blocks - 2), Math.floor(h));
    hShares[x] = h - hBlocks[x]!;
  }
  const lines = new Float64Array(width);
  const dots = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    const v = Math.min(vertical.blocks - 1, Math.max(0, (y + 0.5) / vertical.blockPx - 0.5));
    const vBlock = Math.floor(v);
    const above = vBlock * width;
    const below = Math.min(vertical.blocks - 1, vBlock + 1) * width;
    const vShare = v - vBlock;
    blendRow(lines, dots, columnLevels, columnDots, above, below, vShare);
    overlayRow(lines, dots, horizontal, y, hBlocks, hShares);
    uncoverRow(data, y * width, lines, dots, certainty);
  }
  fillOpaque(data, certainty, width, height);
  return { coverage: density, certainty: { data: certainty, width, height } };
}

/** Upright lines in a row: their levels between two blocks, and their dots in the upper one. */
function blendRow(
  lines: Float64Array,
  dots: Float32Array,
  levels: Float32Array,
  levelDots: Float32Array,
  above: number,
  below: number,
  share: number,
): void {
  for (let x = 0; x < lines.length; x++) {
    const level = levels[above + x]!;
    lines[x] = level + (levels[below + x]! - level) * share;
    dots[x] = levelDots[above + x]!;
  }
}

/** Adds the level line of the row where it is darker. */
function overlayRow(
  lines: Float64Array,
  dots: Float32Array,
  horizontal: LineDensity,
  y: number,
  blocks: Int32Array,
  shares: Float32Array,
): void {
  const from = y * horizontal.blocks;
  const step = horizontal.blocks > 1 ? 1 : 0;
  for (let x = 0; x < lines.length; x++) {
    const block = from + blocks[x]!;
    const level = horizontal.data[block]!;
    const line = level + (horizontal.data[block + step]! - level) * shares[x]!;
    if (!(lines[x]! > line)) lines[x] = line;
    if (horizontal.dots[block]! > dots[x]!) dots[x] = horizontal.dots[block]!;
  }
}

function uncoverRow(
  data: Float32Array,
  from: number,
  lines: Float64Array,
  dots: Float32Array,
  certainty: Float32Array,
): void {
  for (let x = 0, i = from; x < lines.length; x++, i++) {
    const line = lines[x]!;
    const room = 1 - line;
    const c = room < 0.05 ? 0 : (data[i]! - line) / room;
    data[i] = c < 0 ? 0 : c > 1 ? 1 : c;
    const clear = dots[x]! > line + DOTTED ? 1 - dots[x]! : room;
    certainty[i] = clear < LEAST_CERTAINTY ? LEAST_CERTAINTY : clear > 1 ? 1 : clear;
  }
}

/** The levels laid out block by block instead of line by line. */
function acrossBlocks({ lines, blocks }: LineDensity, levels: Float32Array): Float32Array {
  const turned = new Float32Array(levels.length);
  for (let line = 0; line < lines; line++) {
    for (let block = 0; block < blocks; block++)
      turned[block * lines + line] = levels[line * blocks + block]!;
  }
  return turned;
}

/** Fills opaque pixels with the mean of the nearest clear pixels on both sides, across the narrower way. */
function fillOpaque(coverage: Float32Array, certainty: Float32Array, width: number, height: number): void {
  for (let y = 0; y < height; y++) {
    fillRow(coverage, certainty, y, width, height);
  }
}

function fillRow(
  coverage: Float32Array,
  certainty: Float32Array,
  y: number,
  width: number,
  height: number,
): void {
  for (let x = 0, i = y * width; x < width; x++, i++) {
    if (certainty[i]! < 1 - OPAQUE) coverage[i] = meanAcross(coverage, certainty, x, y, width, height);
  }
}

function meanAcross(
  coverage: Float32Array,
  certainty: Float32Array,
  x: number,
  y: number,
  width: number,
  height: number,
): number {
  const i = y * width + x;
  let best = 0;
  let bestSpan = 2 * REACH + 1;
  for (let axis = 0; axis < 2; axis++) {
    const step = axis === 0 ? 1 : width;
    const at = axis === 0 ? x : y;
    const limit = axis === 0 ? width : height;
    let before = 1;
    while (before <= REACH && at - before >= 0 && certainty[i - before * step]! < 1 - OPAQUE) before++;
    let after = 1;
    while (after <= REACH && at + after < limit && certainty[i + after * step]! < 1 - OPAQUE) after++;
    if (before > REACH || after > REACH || at - before < 0 || at + after >= limit) continue;
    if (before + after >= bestSpan) continue;
    bestSpan = before + after;
    best = (after * coverage[i - before * step]! + before * coverage[i + after * step]!) / bestSpan;
  }
  return best;
}
