import type { ColumnFit } from './fit-columns.ts';
import { nearestUsualCellMm } from './usual-cells.ts';

/** Programs that draw grid and traces begin their columns on whole or half millimetres. */
const STEP_MM = 0.5;
/** How near the measured columns must be to such a place, and to a usual width. */
const NEAR_MM = 0.1;
const WIDTH_NEAR = 0.0015;

/**
 * Moves columns that a program drew onto the place where it must have begun them. Such a program moves grid lines and
 * separators to the next pixel centre, half a pixel to the right on average, and leaves the traces where they belong:
 * so they begin half a pixel left of a whole or half millimetre of the printed grid. Separators alone, each rounded by
 * itself, tell this only to a fifth of a pixel, which is half a sample of time at 25 mm/s and 200 dpi.
 *
 * @param pixelMm pixel of the drawing, from `measureRuleRounding`; null leaves the columns as they are
 */
export function settleOnGrid(fit: ColumnFit, pixelMm: number | null, pxPerMm: number): ColumnFit {
  if (pixelMm === null) return fit;
  const widthMm = nearestUsualCellMm(fit.width / pxPerMm, WIDTH_NEAR);
  if (widthMm === null) return fit;
  // The middle of the columns is known best: it moves least when their width is corrected.
  const half = fit.count / 2;
  const originMm = (fit.origin + half * fit.width) / pxPerMm - half * widthMm;
  const leftMm = pixelMm / 2;
  const settledMm = Math.round((originMm + leftMm) / STEP_MM) * STEP_MM - leftMm;
  if (Math.abs(settledMm - originMm) > NEAR_MM) return fit;
  return { ...fit, origin: settledMm * pxPerMm, width: widthMm * pxPerMm };
}
