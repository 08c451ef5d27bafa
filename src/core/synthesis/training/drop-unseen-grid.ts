import type { Raster } from '../../image/raster.ts';

/** Least difference between grid and paper that counts as seen: gray levels, and standard errors of the estimate. */
const LEAST_CONTRAST = 2.5;
const LEAST_ERRORS = 5;

/**
 * Empties the grid's target where nobody could see a grid (lost to a threshold, to glare or to fading), block by
 * block, in place. A block keeps its grid when one of the channels follows the grid's coverage in pixels without ink.
 *
 * @param raster RGB, as large as the planes
 * @param ink planes of everything else that is drawn
 */
export function dropUnseenGrid(
  raster: Raster,
  grid: Uint8Array,
  ink: readonly Uint8Array[],
  blockPx: number,
): void {
  const { data, width, height } = raster;
  for (let top = 0; top < height; top += blockPx) {
    for (let left = 0; left < width; left += blockPx) {
      const bottom = Math.min(height, top + blockPx);
      const right = Math.min(width, left + blockPx);
      if (isSeen(data, width, grid, ink, left, top, right, bottom)) continue;
      for (let y = top; y < bottom; y++) grid.fill(0, y * width + left, y * width + right);
    }
  }
}

/** Slope of each channel against the coverage of the grid, by least squares. */
function isSeen(
  data: Uint8Array,
  width: number,
  grid: Uint8Array,
  ink: readonly Uint8Array[],
  left: number,
  top: number,
  right: number,
  bottom: number,
): boolean {
  let [n, sumG, sumGG] = [0, 0, 0];
  const sumV = [0, 0, 0];
  const sumGV = [0, 0, 0];
  const sumVV = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * width + x;
      if (ink.some((plane) => plane[at]! > 0)) continue;
      const g = grid[at]! / 255;
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
  const variance = sumGG - (sumG * sumG) / Math.max(1, n);
  if (variance < 1e-3) return sumG > 0;
  return [0, 1, 2].some((c) => {
    const slope = Math.abs((sumGV[c]! - (sumG * sumV[c]!) / n) / variance);
    const spread = (sumVV[c]! - (sumV[c]! * sumV[c]!) / n) / n;
    return slope >= LEAST_CONTRAST && slope * slope * variance >= LEAST_ERRORS ** 2 * spread;
  });
}
