import { paintSegment } from './paint-strokes.ts';
import type { TruthCell } from './page-truth.ts';

/** Cells that fit into the bits of a mask. */
export const MOST_CELLS = 16;
/** Half the width of the thinnest line that leaves no gaps, pixels. */
const THINNEST_PX = 0.5;

/**
 * Which cells' traces cover each pixel of a picture: bit k is set where the centre of the pixel lies on the stroke of
 * `cells[k]`. Traces that cross share their pixels.
 *
 * @param visible tells whether a pixel shows paper at all; every one when absent
 * @throws RangeError for more than 16 cells
 *
 * Cost: about 30 ms for 2200 x 1700 pixels.
 */
export function cellMasks(
  cells: readonly TruthCell[],
  width: number,
  height: number,
  visible?: (x: number, y: number) => boolean,
): Uint16Array {
  if (cells.length > MOST_CELLS) throw new RangeError(`cellMasks: ${cells.length} cells, ${MOST_CELLS} fit`);
  const mask = new Uint16Array(width * height);
  const plane = { data: new Uint8Array(width * height), width, height };
  cells.forEach(({ tracePx, traceBox, penPx }, bit) => {
    const half = Math.max(THINNEST_PX, penPx / 2);
    for (let k = 2; k < tracePx.length; k += 2) {
      paintSegment(plane, tracePx[k - 2]!, tracePx[k - 1]!, tracePx[k]!, tracePx[k + 1]!, half, 1);
    }
    const [x0, x1] = [Math.max(0, traceBox.x0 - 2), Math.min(width, traceBox.x1 + 2)];
    const [y0, y1] = [Math.max(0, traceBox.y0 - 2), Math.min(height, traceBox.y1 + 2)];
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) {
        const at = y * width + x;
        if (plane.data[at]! >= 128 && (!visible || visible(x, y))) mask[at]! |= 1 << bit;
        plane.data[at] = 0;
      }
    }
  });
  return mask;
}
