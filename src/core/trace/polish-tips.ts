import type { FloatRaster } from '../image/raster.ts';
import {
  createNearestLegs,
  findNearestLegs,
  inkOfSecondLeg,
  nearestLeg,
  type NearestLegs,
} from './nearest-legs.ts';
import { type Pen, penShare } from './pen.ts';

/** Change of slope at a sample, rows per column, from which it is a tip. */
const SHARP = 8;
/** First and last step of the search along the page's height, pixels. */
const FIRST_STEP_PX = 4;
const LAST_STEP_PX = 0.25;
const MOST_MOVES = 24;
/** How far a tip may be moved back towards its legs, and on beyond: other rows' ink may lie there. */
const BACK_PX = 24;
const ON_PX = 2;
/** Residual (share of ink) beyond which a pixel loses influence, as in `stroke-normal`. */
const ROBUST = 0.35;

/**
 * Sets the tips of narrow peaks to the height that explains the ink best. Least squares alone cannot: where both legs of
 * a peak are drawn side by side, moving the vertex up or down changes hardly any pixel but those at its very end, and
 * the line stays wherever an earlier step has thrown it. Here each vertex is tried at other heights and all pixels about
 * it are compared, those that the line no longer reaches too. Changes `line` in place. About 0.3 ms per tip.
 *
 * @param line rows, sample k at column `x0 + k / samplesPerPx`
 * @param blind 1 for columns (from `x0`) whose ink says nothing; their tips stay
 */
export function polishTips(
  line: Float64Array,
  ink: FloatRaster,
  weight: FloatRaster,
  x0: number,
  samplesPerPx: number,
  pen: Pen,
  blind: Uint8Array,
): void {
  for (let k = 1; k + 1 < line.length; k++) {
    const before = line[k]! - line[k - 1]!;
    const after = line[k + 1]! - line[k]!;
    if (before * after > 0 || Math.abs(before - after) * samplesPerPx < SHARP) continue;
    if (blind[Math.round(k / samplesPerPx)] === 1) continue;
    settleTip(line, k, ink, weight, x0, samplesPerPx, pen);
  }
}

function settleTip(
  line: Float64Array,
  k: number,
  ink: FloatRaster,
  weight: FloatRaster,
  x0: number,
  samplesPerPx: number,
  pen: Pen,
): void {
  const reach = pen.radiusPx + 0.75 * pen.edgePx;
  const start = line[k]!;
  const window = {
    x0: Math.max(0, Math.ceil(x0 + k / samplesPerPx - reach)),
    x1: Math.min(ink.width - 1, Math.floor(x0 + k / samplesPerPx + reach)),
  };
  const spread = Math.ceil((2 * reach + 1) * samplesPerPx);
  const from = Math.max(0, k - spread);
  const to = Math.min(line.length - 2, k + spread);
  // Rows count downwards: a tip that points up is the least of its neighbourhood.
  const up = start < line[k - 1]! || start < line[k + 1]!;
  const top = start - (up ? ON_PX : BACK_PX);
  const bottom = start + (up ? BACK_PX : ON_PX);
  const cost = (): number => misfit(line, from, to, ink, weight, x0, samplesPerPx, pen, window, top, bottom);
  let best = cost();
  let step = FIRST_STEP_PX;
  for (let move = 0; move < MOST_MOVES && step >= LAST_STEP_PX; move++) {
    const here = line[k]!;
    let moved = false;
    for (const direction of [1, -1]) {
      const there = here + direction * step;
      if (there < top || there > bottom) continue;
      line[k] = there;
      const tried = cost();
      if (tried < best) {
        best = tried;
        moved = true;
        break;
      }
      line[k] = here;
    }
    if (!moved) step /= 2;
  }
}

/** Robust misfit between ink and the drawn samples `from..to` over a window of columns and rows. */
function misfit(
  line: Float64Array,
  from: number,
  to: number,
  ink: FloatRaster,
  weight: FloatRaster,
  x0: number,
  samplesPerPx: number,
  pen: Pen,
  window: { readonly x0: number; readonly x1: number },
  top: number,
  bottom: number,
): number {
  const reach = pen.radiusPx + 0.75 * pen.edgePx;
  const y0 = Math.max(0, Math.ceil(top));
  const y1 = Math.min(ink.height - 1, Math.floor(bottom));
  const legs = createNearestLegs(Math.max(0, y1 - y0 + 1));
  let cost = 0;
  for (let x = window.x0; x <= window.x1; x++) {
    const first = Math.max(from, Math.floor((x - reach - x0) * samplesPerPx));
    const last = Math.min(to, Math.ceil((x + reach - x0) * samplesPerPx));
    findNearestLegs(legs, line, first, last, x0, samplesPerPx, x, y0, y1, reach);
    for (let y = y0; y <= y1; y++) {
      const pixel = y * ink.width + x;
      const w = weight.data[pixel]!;
      if (w === 0) continue;
      const residual = inkOfLegs(legs, y - y0, line, x - x0, y, samplesPerPx, pen) - ink.data[pixel]!;
      cost += w * Math.log1p((residual * residual) / (ROBUST * ROBUST));
    }
  }
  return cost;
}

/** Ink that the pen leaves at a pixel, `x` columns from the line's first sample. */
function inkOfLegs(
  legs: NearestLegs,
  at: number,
  line: Float64Array,
  x: number,
  y: number,
  samplesPerPx: number,
  pen: Pen,
): number {
  const leg = nearestLeg(legs, at);
  if (leg === null) return 0;
  const distance = Math.sqrt(legs.squared[leg][at]!);
  const drawn = penShare(pen, distance);
  const second = leg === 0 ? 1 : 0;
  if (legs.segment[second][at]! < 0) return drawn;
  const away = (of: 0 | 1): [number, number] => {
    const k = legs.segment[of][at]!;
    const t = legs.share[of][at]!;
    return [x - (k + t) / samplesPerPx, y - line[k]! - t * (line[k + 1]! - line[k]!)];
  };
  const [ex, ey] = away(leg);
  const [ex2, ey2] = away(second);
  const dot = ex * ex2 + ey * ey2;
  if (dot >= 0) return drawn;
  const distance2 = Math.sqrt(legs.squared[second][at]!);
  return drawn + inkOfSecondLeg(pen, drawn, penShare(pen, distance2), dot / (distance * distance2));
}
