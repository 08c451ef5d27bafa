import type { FloatRaster } from '../image/raster.ts';
import { tracePulseLeg, type PulseLeg } from './trace-pulse-leg.ts';

/** The inner leg of a pulse in steps ends so far down it, and the second step is as wide as the first to this factor. */
const HALF: readonly [number, number] = [0.4, 0.6];
const SAME_WIDTH = 1.5;
/** How far the feet of the outer legs may lie from one level, and a step from level, millimetres. */
const LEVEL_MM = 0.8;
const INKED = 0.4;

/** The tall step of a pulse, canonical pixels. */
interface TallStep {
  readonly left: number;
  readonly right: number;
  readonly legLeft: PulseLeg;
  readonly legRight: PulseLeg;
}

/**
 * The step of half the height beside the tall one, as devices print it that can show chest leads at half the gain: where
 * the shorter leg ends a level stroke leads away from the pulse to a leg down to the foot of the longer one.
 *
 * @returns outer end of the step and its leg; null where there is none
 */
export function findHalfStep(
  coverage: FloatRaster,
  { left, right, legLeft, legRight }: TallStep,
  pxPerMm: number,
): { readonly x: number; readonly leg: PulseLeg } | null {
  const { data, width, height } = coverage;
  const way = legRight.length < legLeft.length ? 1 : -1;
  const [inner, outer] = way > 0 ? [legRight, legLeft] : [legLeft, legRight];
  const share = inner.length / outer.length;
  if (share < HALF[0] || share > HALF[1]) return null;
  const tall = right - left;
  const slack = Math.max(1, Math.round(LEVEL_MM * pxPerMm));
  const isInked = (x: number, y: number): boolean =>
    x >= 0 && x < width && y >= 0 && y < height && data[y * width + x]! >= INKED;
  // The lower edge of the leg is that of the stroke it stands on.
  let y = inner.endY - 1;
  let x = way > 0 ? right : left;
  while (Math.abs(x - (way > 0 ? right : left)) <= SAME_WIDTH * tall) {
    const next = [y, y - 1, y + 1].find((row) => isInked(x + way, row));
    if (next === undefined || Math.abs(next - inner.endY) > slack) break;
    y = next;
    x += way;
  }
  const long = Math.abs(x - (way > 0 ? right : left));
  if (long < tall / SAME_WIDTH || long > SAME_WIDTH * tall) return null;
  const leg = tracePulseLeg(coverage, x, y, pxPerMm);
  return Math.abs(leg.endY - outer.endY) <= slack + pxPerMm ? { x, leg } : null;
}
