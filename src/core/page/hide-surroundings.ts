import type { Raster } from '../image/raster.ts';

/** Agreement with the grid's line pattern from which a node surely lies on the paper. */
const PAPER_AGREEMENT = 0.45;
/** Distance of a block's colour from the paper around it, as a share of the paper's level, that makes it surroundings. */
const COLOUR_GAP = 0.16;
/** Level, as a share of the paper's, below which a block is a dark border whatever its colour. */
const DARK_SHARE = 0.35;

/**
 * Paints what lies around the paper (desk, scanner lid, black borders) in the colour of the nearest paper, in place, so
 * that it leaves no ink. Blocks of `stepPx` that touch the border of the page, show no grid and differ in colour from
 * the paper are surroundings; print outside of the grid (headers, footers) stays, for it lies on paper-coloured ground.
 *
 * `offImage` tells the nodes that lie outside of the picture, where the page is blank already; `agreement` holds, per node of `columns` x `rows`, how well the grid shows there (-1..1).
 */
export function hideSurroundings(
  page: Raster,
  stepPx: number,
  columns: number,
  rows: number,
  agreement: Float32Array,
  offImage: (node: number) => boolean,
): void {
  const across = columns - 1;
  const down = rows - 1;
  const { channels } = page;
  const colours = new Float32Array(across * down * channels);
  const isPaper = new Uint8Array(across * down);
  for (let j = 0; j < down; j++) {
    for (let i = 0; i < across; i++) {
      const at = j * across + i;
      upperColour(page, i * stepPx, j * stepPx, stepPx, colours, at * channels);
      const node = j * columns + i;
      const best = Math.min(
        Math.max(agreement[node]!, agreement[node + 1]!),
        Math.max(agreement[node + columns]!, agreement[node + columns + 1]!),
      );
      isPaper[at] = best >= PAPER_AGREEMENT ? 1 : 0;
    }
  }
  keepLargestPiece(isPaper, across);
  const paper = spreadPaper(colours, isPaper, across, down, channels);
  const outside = new Uint8Array(across * down);
  const queue: number[] = [];
  const visit = (at: number): void => {
    if (outside[at] || isPaper[at] || !differs(colours, paper, at, channels)) return;
    outside[at] = 1;
    queue.push(at);
  };
  for (let at = 0; at < outside.length; at++) {
    const node = Math.floor(at / across) * columns + (at % across);
    if (isPaper[at]) continue;
    // Where the picture ends inside of a block the rest of it may be paper: search on from there, but keep it.
    if (offImage(node) || offImage(node + 1) || offImage(node + columns) || offImage(node + columns + 1)) {
      queue.push(at);
    }
  }
  for (let i = 0; i < across; i++) {
    visit(i);
    visit((down - 1) * across + i);
  }
  for (let j = 0; j < down; j++) {
    visit(j * across);
    visit(j * across + across - 1);
  }
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const i = at % across;
    if (i > 0) visit(at - 1);
    if (i < across - 1) visit(at + 1);
    if (at >= across) visit(at - across);
    if (at < across * (down - 1)) visit(at + across);
  }
  for (let at = 0; at < outside.length; at++) {
    if (!outside[at]) continue;
    const x0 = (at % across) * stepPx;
    const y0 = Math.floor(at / across) * stepPx;
    for (let y = y0; y <= y0 + stepPx && y < page.height; y++) {
      for (let x = x0; x <= x0 + stepPx && x < page.width; x++) {
        const to = (y * page.width + x) * channels;
        for (let c = 0; c < channels; c++) page.data[to + c] = paper[at * channels + c]!;
      }
    }
  }
}

/** Clears all but the largest 4-connected piece of a mask: desk grain may look like a grid by chance, in specks. */
function keepLargestPiece(mask: Uint8Array, across: number): void {
  const piece = new Int32Array(mask.length);
  let pieces = 0;
  let largest = 0;
  let largestSize = 0;
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || piece[start]) continue;
    pieces++;
    piece[start] = pieces;
    const stack = [start];
    let size = 0;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      size++;
      const column = at % across;
      for (const next of [
        column > 0 ? at - 1 : -1,
        column < across - 1 ? at + 1 : -1,
        at - across,
        at + across,
      ]) {
        if (next < 0 || next >= mask.length || !mask[next] || piece[next]) continue;
        piece[next] = pieces;
        stack.push(next);
      }
    }
    if (size > largestSize) {
      largestSize = size;
      largest = pieces;
    }
  }
  for (let at = 0; at < mask.length; at++) if (piece[at] !== largest) mask[at] = 0;
}

const histogram = new Uint16Array(256);

/** Upper-quartile level of a block per channel: the paper between the lines. */
function upperColour(
  page: Raster,
  x0: number,
  y0: number,
  size: number,
  out: Float32Array,
  to: number,
): void {
  const { data, width, channels } = page;
  for (let c = 0; c < channels; c++) {
    histogram.fill(0);
    let count = 0;
    for (let y = y0 + 1; y < y0 + size; y += 4) {
      for (let x = x0 + 1; x < x0 + size; x += 4, count++)
        histogram[data[(y * width + x) * channels + c]!]!++;
    }
    let level = 255;
    for (let above = 0; level > 0; level--) {
      above += histogram[level]!;
      if (above > count / 4) break;
    }
    out[to + c] = level;
  }
}

/** Colour of the nearest sure paper for every block, by repeated averaging outwards. */
function spreadPaper(
  colours: Float32Array,
  isPaper: Uint8Array,
  across: number,
  down: number,
  channels: number,
): Float32Array {
  const out = Float32Array.from(colours);
  const known = Uint8Array.from(isPaper);
  let left = known.length - known.reduce((sum, value) => sum + value, 0);
  while (left > 0) {
    const fresh: number[] = [];
    for (let at = 0; at < known.length; at++) {
      if (known[at]) continue;
      const i = at % across;
      const neighbours: number[] = [];
      if (i > 0 && known[at - 1]) neighbours.push(at - 1);
      if (i < across - 1 && known[at + 1]) neighbours.push(at + 1);
      if (at >= across && known[at - across]) neighbours.push(at - across);
      if (at < across * (down - 1) && known[at + across]) neighbours.push(at + across);
      if (neighbours.length === 0) continue;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (const other of neighbours) sum += out[other * channels + c]!;
        out[at * channels + c] = sum / neighbours.length;
      }
      fresh.push(at);
    }
    if (fresh.length === 0) break;
    for (const at of fresh) known[at] = 1;
    left -= fresh.length;
  }
  return out;
}

function differs(colours: Float32Array, paper: Float32Array, at: number, channels: number): boolean {
  let level = 0;
  let paperLevel = 0;
  for (let c = 0; c < channels; c++) {
    level += colours[at * channels + c]!;
    paperLevel += paper[at * channels + c]!;
  }
  if (level < DARK_SHARE * paperLevel) return true;
  if (level > paperLevel) return false;
  let gap = 0;
  for (let c = 0; c < channels; c++) {
    const share = colours[at * channels + c]! / Math.max(1, level);
    const paperShare = paper[at * channels + c]! / Math.max(1, paperLevel);
    gap = Math.max(gap, Math.abs(share - paperShare) * channels);
  }
  return gap > COLOUR_GAP || level < 0.7 * paperLevel;
}
