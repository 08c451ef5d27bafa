import type { FloatRaster } from '../image/raster.ts';
import { tracePulseLeg, type PulseLeg } from './trace-pulse-leg.ts';

/** Coverage of ink. */
const INKED = 0.4;
/** How much longer or shorter than the first step and than half the pulse the second one may be. */
const STEP_AGREEMENT = 0.2;
/** Gaps of the level line that are passed, millimetres. */
const GAP_MM = 0.5;

/**
 * The last leg of a pulse whose fall stops half-way, as printed on pages that show the chest leads at half the gain: a
 * level line as long as the plateau, then the other half down. Null where the fall does not stop so.
 *
 * @param first the rising leg, from the plateau to the foot
 * @param fall the falling one at column `right`, which ended too early
 * @param plateauPx length of the plateau
 */
export function findHalfStep(
  ink: FloatRaster,
  first: PulseLeg,
  fall: PulseLeg,
  right: number,
  plateauPx: number,
  strokePx: number,
  pxPerMm: number,
): { readonly leg: PulseLeg; readonly x: number } | null {
  if (Math.abs((2 * fall.length) / first.length - 1) > STEP_AGREEMENT) return null;
  const { data, width, height } = ink;
  const level = fall.endY - 1;
  const reach = Math.ceil(strokePx + 1);
  const isInked = (x: number): boolean => {
    for (let y = Math.max(0, level - reach); y <= Math.min(height - 1, level + 1); y++) {
      if (data[y * width + x]! >= INKED) return true;
    }
    return false;
  };
  const furthest = Math.min(width - 1, Math.ceil(right + (1 + STEP_AGREEMENT) * plateauPx));
  let end = right;
  for (let x = right + 1; x <= furthest && x - end <= GAP_MM * pxPerMm; x++) if (isInked(x)) end = x;
  if (end - right < (1 - STEP_AGREEMENT) * plateauPx) return null;
  const leg = tracePulseLeg(ink, end - Math.floor(strokePx / 2), level, pxPerMm);
  const off = Math.abs(leg.endY - first.endY);
  return off > STEP_AGREEMENT * (first.length / 2) + 0.3 * pxPerMm ? null : { leg, x: end };
}
