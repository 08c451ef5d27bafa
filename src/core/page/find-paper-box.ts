import type { Box } from '../image/raster.ts';
import type { PaperBlocks } from './paper-blocks.ts';

/** Share of a line of blocks that must surely show the grid for the line to belong to the heart of the paper. */
const CORE_SHARE = 0.35;
/** Share of a line's blocks inside the picture that must have the paper's ground for the paper to reach there. */
const ALIKE_SHARE = 0.7;
/** Fewest blocks beyond a side that can be told from paper. */
const FOREIGN_BLOCKS = 3;
/** Share of a line that must lie inside the picture to be judged. */
const SEEN_SHARE = 0.15;

/**
 * The rectangle of paper on a flat page, in blocks (`x1`, `y1` exclusive): the heart where the grid shows, grown on each
 * side as long as the ground stays the paper's. `null` when the grid shows almost nowhere.
 */
export function findPaperBox(blocks: PaperBlocks): Box | null {
  const { across, down, isPaper } = blocks;
  const inColumns = new Float64Array(across);
  const inRows = new Float64Array(down);
  for (let at = 0; at < isPaper.length; at++) {
    inColumns[at % across]! += isPaper[at]!;
    inRows[Math.floor(at / across)]! += isPaper[at]!;
  }
  const columns = heart(inColumns);
  const rows = heart(inRows);
  if (columns === null || rows === null) return null;
  let [x0, x1] = columns;
  let [y0, y1] = rows;
  for (let grown = true; grown;) {
    grown = false;
    if (x0 > 0 && reaches(blocks, x0 - 1, y0, x0, y1)) {
      x0--;
      grown = true;
    }
    if (x1 < across && reaches(blocks, x1, y0, x1 + 1, y1)) {
      x1++;
      grown = true;
    }
    if (y0 > 0 && reaches(blocks, x0, y0 - 1, x1, y0)) {
      y0--;
      grown = true;
    }
    if (y1 < down && reaches(blocks, x0, y1, x1, y1 + 1)) {
      y1++;
      grown = true;
    }
  }
  return {
    x0: isForeign(blocks, 0, y0, x0, y1) ? x0 : 0,
    y0: isForeign(blocks, x0, 0, x1, y0) ? y0 : 0,
    x1: isForeign(blocks, x1, y0, across, y1) ? x1 : across,
    y1: isForeign(blocks, x0, y1, x1, down) ? y1 : down,
  };
}

/** Whether what lies beyond one side of the box is something else than paper that the picture cuts off. */
function isForeign(blocks: PaperBlocks, x0: number, y0: number, x1: number, y1: number): boolean {
  let seen = 0;
  let alike = 0;
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const at = y * blocks.across + x;
      if (blocks.isBlank[at]) continue;
      seen++;
      alike += blocks.isAlike[at]!;
    }
  }
  return seen >= FOREIGN_BLOCKS && alike < 0.5 * seen;
}

/** First and one past the last line that holds enough of what the fullest lines hold. */
function heart(counts: Float64Array): [number, number] | null {
  const full = Float64Array.from(counts).sort()[Math.floor(0.9 * counts.length)]!;
  if (full < 3) return null;
  let from = 0;
  while (counts[from]! < CORE_SHARE * full) from++;
  let to = counts.length;
  while (counts[to - 1]! < CORE_SHARE * full) to--;
  return [from, to];
}

function reaches(blocks: PaperBlocks, x0: number, y0: number, x1: number, y1: number): boolean {
  let seen = 0;
  let alike = 0;
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const at = y * blocks.across + x;
      if (blocks.isBlank[at]) continue;
      seen++;
      alike += blocks.isAlike[at]!;
    }
  }
  return seen >= SEEN_SHARE * (x1 - x0) * (y1 - y0) && seen > 0 && alike >= ALIKE_SHARE * seen;
}
