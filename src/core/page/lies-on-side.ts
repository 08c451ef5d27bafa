import type { FloatRaster } from '../image/raster.ts';

/** Side of the cells in which ink is looked for, millimetres. */
const CELL_MM = 1.5;
/** Coverage from which a pixel counts as ink, and the pixels of ink that fill a cell. */
const INK = 0.5;
const FILLED_PIXELS = 3;
/** Length from which an unbroken chain of cells is a trace rather than a tall wave, millimetres. */
const CHAIN_MM = 45;
/** How much more chain must run down the page than along it. */
const LEAD = 2;

/**
 * Whether a flat page lies on its side: traces are unbroken chains of ink along the time axis, while across it even
 * tall waves end within a few centimetres. `coverage` is the ink of the canonical page.
 */
export function liesOnSide(coverage: FloatRaster, pxPerMm: number): boolean {
  const cell = Math.max(3, Math.round(CELL_MM * pxPerMm));
  const across = Math.floor(coverage.width / cell);
  const down = Math.floor(coverage.height / cell);
  const counts = new Uint16Array(across * down);
  for (let y = 0; y < down * cell; y++) {
    const row = Math.floor(y / cell) * across;
    for (let x = 0; x < across * cell; x++) {
      if (coverage.data[y * coverage.width + x]! >= INK) counts[row + Math.floor(x / cell)]!++;
    }
  }
  const long = Math.round(CHAIN_MM / CELL_MM);
  const along = chainedCells(counts, across, down, 1, across, long);
  const upright = chainedCells(counts, down, across, across, 1, long);
  return upright > LEAD * along + 2 * long;
}

/** Cells at which a chain has become `long`; chains run along `length` and may drift one lane per cell. */
function chainedCells(
  counts: Uint16Array,
  length: number,
  lanes: number,
  step: number,
  laneStep: number,
  long: number,
): number {
  let before = new Int32Array(lanes + 2);
  let here = new Int32Array(lanes + 2);
  let cells = 0;
  for (let at = 0; at < length; at++) {
    for (let lane = 0; lane < lanes; lane++) {
      const filled = counts[at * step + lane * laneStep]! >= FILLED_PIXELS;
      const chain = filled ? 1 + Math.max(before[lane]!, before[lane + 1]!, before[lane + 2]!) : 0;
      here[lane + 1] = chain;
      if (chain >= long) cells++;
    }
    [before, here] = [here, before];
  }
  return cells;
}
