import type { FloatRaster } from '../image/raster.ts';
import type { CoveragePlane } from '../synthesis/page/paint-strokes.ts';
import type { TracePath } from '../trace/trace-path.ts';

/** Fainter ink is residue of the paper. */
const FAINT = 0.2;
/** Share of a column's stroke that has to be ink. */
const LEAST_SEEN = 0.5;
/** So far around a line that no ink bears, nobody knows whose the ink is, millimetres. */
const REACH_MM = 1.5;

/**
 * Silences what is known around columns of a line under which the page has no ink: where it was drawn from the beats beside it, or
 * lies off its trace. A model could not see it there, nor could the digitizer use it, which keeps only ink that it measured; and
 * the ink beside it may be the trace all the same.
 *
 * @param known - 255 where something is known; changed
 * @param coverage - measured ink of the page, 0..1, of the same size
 */
export function silenceUnseen(
  known: CoveragePlane,
  coverage: FloatRaster,
  { x0, y, fineY, samplesPerPx }: TracePath,
  pxPerMm: number,
): void {
  const { width, height } = known;
  const reach = REACH_MM * pxPerMm;
  for (let column = 0; column < y.length; column++) {
    const x = x0 + column;
    if (x < 0 || x >= width || Number.isNaN(y[column]!)) continue;
    let [top, bottom] = [y[column]!, y[column]!];
    const to = Math.min(fineY.length - 1, (column + 0.5) * samplesPerPx);
    for (let k = Math.max(0, Math.ceil((column - 0.5) * samplesPerPx)); k <= to; k++) {
      if (fineY[k]! < top) top = fineY[k]!;
      if (fineY[k]! > bottom) bottom = fineY[k]!;
    }
    if (seenShare(coverage, x, Math.round(top), Math.round(bottom)) >= LEAST_SEEN) continue;
    const last = Math.min(height - 1, Math.ceil(bottom + reach));
    for (let row = Math.max(0, Math.floor(top - reach)); row <= last; row++) known.data[row * width + x] = 0;
  }
}

/** Share of a column's rows that are ink, or next to it. */
function seenShare({ data, width, height }: FloatRaster, x: number, top: number, bottom: number): number {
  const isInk = (row: number): boolean => row >= 0 && row < height && data[row * width + x]! >= FAINT;
  let seen = 0;
  for (let row = top; row <= bottom; row++) if (isInk(row - 1) || isInk(row) || isInk(row + 1)) seen++;
  return seen / (bottom - top + 1);
}
