import type { FloatRaster } from '../image/raster.ts';
import { ascending } from '../../shared/ascending.ts';

/** Coverage from which a pixel belongs to the stroke, and to its soft edge. */
const INK = 0.5;
const EDGE = 0.08;
/** Share by which a row of the stroke may be wider than the typical row before a crossing trace is taken to widen it. */
const WIDER = 1.25;
const MIN_ROWS = 4;

/**
 * Sub-pixel centre line of an upright stroke near `x` between rows `y0` and `y1` (exclusive): the median over its rows
 * of the coverage-weighted centre, rows widened by whatever crosses the stroke left out. `null` when fewer than four
 * rows show it within `reachPx`.
 */
export function uprightCentre(
  coverage: FloatRaster,
  x: number,
  y0: number,
  y1: number,
  reachPx: number,
): number | null {
  const { data, width, height } = coverage;
  const centres: number[] = [];
  const masses: number[] = [];
  for (let y = Math.max(0, Math.round(y0)); y < Math.min(height, Math.round(y1)); y++) {
    const row = y * width;
    let at = -1;
    for (let d = 0; d <= reachPx && at < 0; d++) {
      const left = Math.round(x) - d;
      const right = Math.round(x) + d;
      if (left >= 0 && data[row + left]! >= INK) at = left;
      else if (right < width && data[row + right]! >= INK) at = right;
    }
    if (at < 0) continue;
    let from = at;
    let to = at;
    while (from > 0 && at - from < 4 * reachPx && data[row + from - 1]! >= EDGE) from--;
    while (to + 1 < width && to - at < 4 * reachPx && data[row + to + 1]! >= EDGE) to++;
    let mass = 0;
    let moment = 0;
    for (let k = from; k <= to; k++) {
      mass += data[row + k]!;
      moment += data[row + k]! * k;
    }
    centres.push(moment / mass);
    masses.push(mass);
  }
  if (centres.length < MIN_ROWS) return null;
  // The narrowest third shows how wide the stroke itself is.
  const typical = [...masses].sort(ascending)[Math.floor(masses.length / 3)]!;
  const own = centres.filter((_, k) => masses[k]! <= WIDER * typical).sort(ascending);
  if (own.length < MIN_ROWS) return null;
  const half = own.length >> 1;
  return own.length % 2 === 1 ? own[half]! : (own[half - 1]! + own[half]!) / 2;
}
