import type { Box, FloatRaster } from '../image/raster.ts';

/** Coverage above which a pixel belongs to a letter or a stroke. */
const INK = 0.2;
/** Trust left to ink inside a text box that hangs together with ink outside. */
const DOUBTFUL = 0.35;

/**
 * Removes the letters in a box: every connected piece of ink that stays inside the box is erased; a piece that leaves
 * the box may be the trace passing through, so it stays, distrusted. Changes both rasters in place.
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
    seen[start] = 1;
    stack.push(start);
    while (stack.length > 0) {
      const at = stack.pop()!;
      piece.push(at);
      const x = at % columns;
      const y = (at - x) / columns;
      if (x === 0 || y === 0 || x === columns - 1 || y === rows - 1) leaves = true;
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
    for (const at of piece) {
      const x = at % columns;
      const pixel = (box.y0 + (at - x) / columns) * coverage.width + box.x0 + x;
      if (leaves) certainty.data[pixel]! *= DOUBTFUL;
      else coverage.data[pixel] = 0;
    }
  }
}

function isInk(coverage: FloatRaster, box: Box, columns: number, at: number): boolean {
  const x = at % columns;
  const y = (at - x) / columns;
  return coverage.data[(box.y0 + y) * coverage.width + box.x0 + x]! >= INK;
}
