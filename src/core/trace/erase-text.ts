import type { Box, FloatRaster } from '../image/raster.ts';

/** Coverage above which a pixel belongs to a letter or a stroke. */
const INK = 0.2;
/** Trust left to ink inside a text box that hangs together with ink outside. */
const DOUBTFUL = 0.35;

/** How far from the upper edge of the box the stems of its letters may begin, pixels. */
const CAP_PX = 3;
/** Rows kept above the first that the trace leaves the box by: half a stroke and its soft edge. */
const SPARED_PX = 2;

/**
 * Removes the letters in a box: every connected piece of ink that stays inside the box is erased; a piece that leaves
 * the box may be the trace passing through, so it stays, distrusted, but for the stems that rise from it to the height
 * of the letters. Changes both rasters in place.
 */
export function eraseText(coverage: FloatRaster, certainty: FloatRaster, box: Box): void {
  const columns = box.x1 - box.x0;
  const rows = box.y1 - box.y0;
  if (columns <= 0 || rows <= 0) return;
  const seen = new Uint8Array(columns * rows);
  const stack: number[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] === 1 || !isInk(coverage, box, columns, start)) continue;
    const piece: number[] = [];
    let leaves = false;
    /** First row by which the piece leaves to a side or downwards; -1 when it leaves upwards. */
    let way = rows;
    seen[start] = 1;
    stack.push(start);
    while (stack.length > 0) {
      const at = stack.pop()!;
      piece.push(at);
      const x = at % columns;
      const y = (at - x) / columns;
      if (x === 0 || y === 0 || x === columns - 1 || y === rows - 1) {
        leaves = true;
        way = y === 0 ? -1 : Math.min(way, y);
      }
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const nx = x + dx;
          const ny = y + dy;
          if (nx < 0 || ny < 0 || nx >= columns || ny >= rows) continue;
          const next = ny * columns + nx;
          if (seen[next] === 1 || !isInk(coverage, box, columns, next)) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    const stems = leaves ? stemsOf(piece, columns, way - SPARED_PX) : null;
    for (const at of piece) {
      const x = at % columns;
      const pixel = (box.y0 + (at - x) / columns) * coverage.width + box.x0 + x;
      if (stems !== null && !stems.has(at)) certainty.data[pixel]! *= DOUBTFUL;
      else coverage.data[pixel] = 0;
    }
  }
}

function isInk(coverage: FloatRaster, box: Box, columns: number, at: number): boolean {
  const x = at % columns;
  const y = (at - x) / columns;
  return coverage.data[(box.y0 + y) * coverage.width + box.x0 + x]! >= INK;
}

/** Pixels of a piece above row `end` that hang together, down their column, with ink at the height of the letters. */
function stemsOf(piece: readonly number[], columns: number, end: number): Set<number> {
  const inked = new Set(piece);
  const stems = new Set<number>();
  for (const at of piece) {
    if (at >= CAP_PX * columns + columns || inked.has(at - columns)) continue;
    for (let down = at; down < end * columns && inked.has(down); down += columns) stems.add(down);
  }
  return stems;
}
