import type { Raster } from '../../image/raster.ts';

/** Least difference between ink and paper that counts as seen: gray levels, and standard errors of the estimate. */
const LEAST_CONTRAST = 2.5;
const LEAST_ERRORS = 5;
/** Every third row is looked at: not a divisor of the usual grid steps, so that horizontal lines are met as well. */
const ROW_STEP = 3;

/**
 * Empties a plane where nobody could see what it shows (a grid lost to a threshold, to glare or to fading), block by
 * block, in place. A block keeps its ink when one of the channels follows the coverage in pixels without other ink.
 *
 * @param raster RGB, as large as the planes
 * @param others planes of everything else that is drawn
 * @param weight when given, it becomes 0 in the emptied blocks, so that nothing is learnt from them
 */
export function dropUnseen(
  raster: Raster,
  plane: Uint8Array,
  others: readonly Uint8Array[],
  blockPx: number,
  weight?: Uint8Array,
): void {
  const { data, width, height } = raster;
  for (let top = 0; top < height; top += blockPx) {
    for (let left = 0; left < width; left += blockPx) {
      const bottom = Math.min(height, top + blockPx);
      const right = Math.min(width, left + blockPx);
      if (isSeen(data, width, plane, others, left, top, right, bottom)) continue;
      for (let y = top; y < bottom; y++) {
        plane.fill(0, y * width + left, y * width + right);
        weight?.fill(0, y * width + left, y * width + right);
      }
    }
  }
}

/** Slope of each channel against the coverage, by least squares; a block without any coverage counts as seen. */
function isSeen(
  data: Uint8Array,
  width: number,
  plane: Uint8Array,
  others: readonly Uint8Array[],
  left: number,
  top: number,
  right: number,
  bottom: number,
): boolean {
  let [n, sumG, sumGG] = [0, 0, 0];
  const sumV = [0, 0, 0];
  const sumGV = [0, 0, 0];
  const sumVV = [0, 0, 0];
  for (let y = top; y < bottom; y += ROW_STEP) {
    pixels: for (let x = left; x < right; x++) {
      const at = y * width + x;
      for (let k = 0; k < others.length; k++) if (others[k]![at]! > 0) continue pixels;
      const g = plane[at]! / 255;
      n++;
      sumG += g;
      sumGG += g * g;
      for (let c = 0; c < 3; c++) {
        const v = data[3 * at + c]!;
        sumV[c]! += v;
        sumGV[c]! += g * v;
        sumVV[c]! += v * v;
      }
    }
  }
  if (sumG < 1) return true;
  const variance = sumGG - (sumG * sumG) / n;
  if (variance < 1e-3) return true;
  return [0, 1, 2].some((c) => {
    const slope = Math.abs((sumGV[c]! - (sumG * sumV[c]!) / n) / variance);
    const spread = (sumVV[c]! - (sumV[c]! * sumV[c]!) / n) / n;
    return slope >= LEAST_CONTRAST && slope * slope * variance >= LEAST_ERRORS ** 2 * spread;
  });
}
