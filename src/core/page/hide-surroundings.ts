import type { Box, Raster } from '../image/raster.ts';
import { findPaperBox } from './find-paper-box.ts';
import { judgeBlocks, spreadPaper, type PaperBlocks } from './paper-blocks.ts';
import { traceEdge, type Side } from './trace-edge.ts';

/**
 * Paints what lies around the paper (desk, scanner lid, black borders) in the colour of the nearest paper, in place, so
 * that it leaves no ink. On a flat page the paper is an upright rectangle: the blocks of `stepPx` that show the grid or
 * share its ground give it to within a block, the change of colour along each side to within a pixel. Print outside of
 * the grid (headers, footers) stays, for it lies on paper-coloured ground.
 *
 * `agreement` holds, per node of `columns` x `rows`, how well the grid shows there (-1..1); `offImage` tells the nodes
 * outside of the picture.
 */
export function hideSurroundings(
  page: Raster,
  stepPx: number,
  columns: number,
  rows: number,
  agreement: Float32Array,
  offImage: (node: number) => boolean,
): void {
  const blocks = judgeBlocks(page, stepPx, columns, rows, agreement, offImage);
  const box = findPaperBox(blocks);
  if (box === null) return;
  const paper = paperInside(blocks, box, page.channels);
  for (const side of ['left', 'right', 'top', 'bottom'] as const) {
    paintSide(page, stepPx, blocks, box, side, paper);
  }
}

/** Colour of the nearest paper inside the box, per block. */
function paperInside(blocks: PaperBlocks, box: Box, channels: number): Float32Array {
  const { across, down, isAlike, isBlank, colours } = blocks;
  const inside = isAlike.map((alike, at) => {
    const i = at % across;
    const j = Math.floor(at / across);
    const within = i > box.x0 && i < box.x1 - 1 && j > box.y0 && j < box.y1 - 1;
    return within && alike && !isBlank[at] ? 1 : 0;
  });
  return spreadPaper(colours, inside, across, down, channels);
}

function paintSide(
  page: Raster,
  stepPx: number,
  blocks: PaperBlocks,
  box: Box,
  side: Side,
  paper: Float32Array,
): void {
  const { width, height, channels, data } = page;
  const upright = side === 'left' || side === 'right';
  const before = side === 'left' || side === 'top';
  const edge = traceEdge(page, stepPx, box, side);
  const depth = upright ? width : height;
  for (let along = 0; along < edge.length; along++) {
    const until = edge[along]!;
    const from = before ? 0 : until + 1;
    const to = before ? until - 1 : depth - 1;
    for (let across = from; across <= to; across++) {
      const x = upright ? across : along;
      const y = upright ? along : across;
      const i = Math.min(blocks.across - 1, Math.floor(x / stepPx));
      const j = Math.min(blocks.down - 1, Math.floor(y / stepPx));
      const at = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) data[at + c] = paper[(j * blocks.across + i) * channels + c]!;
    }
  }
}
