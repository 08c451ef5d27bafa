import type { FloatRaster } from '../image/raster.ts';
import type { DetectedPulse } from './find-pulses.ts';

/** Coverage of a pale stroke, the share of a plateau that shows it, and the gaps that are passed on the way up a leg, millimetres. */
const PALE = 0.25;
const PLATEAU_SHARE = 0.7;
const GAP_MM = 0.5;
/** Legs that go on by less end where they were found to, and no pulse is taller than 1 mV at 20 mm/mV with some slack, millimetres. */
const LEAST_MORE_MM = 1.5;
const TALLEST_MM = 22.5;
/** How far from each other the legs may end, and from where it is looked for a plateau may lie, millimetres. */
const PLAY_MM = 0.8;
/** Share of the pulses that must have a plateau so much higher. */
const MOST = 0.7;

/**
 * Pulses taller than their rows are apart stand one upon the other, a ladder on whose rungs each seems to end: that of the
 * next row below is nearer than its own. The legs of the topmost go on to its own, which tells how tall all are; the others
 * must have a rung there too. Pulses that do not stand so stay as they are.
 */
export function unstackPulses(
  pulses: readonly DetectedPulse[],
  coverage: FloatRaster,
  pxPerMm: number,
): DetectedPulse[] {
  return (['left', 'right'] as const)
    .flatMap((side) => {
      const group = pulses.filter((pulse) => pulse.side === side);
      const [topmost] = group;
      if (topmost === undefined || group.length < 2) return group;
      const more = legsGoOn(coverage, topmost, pxPerMm);
      if (more < LEAST_MORE_MM * pxPerMm || topmost.heightMm + more / pxPerMm > TALLEST_MM) return group;
      const tops = group.filter((pulse) => hasPlateau(coverage, pulse, pulse.box.y0 - more, pxPerMm));
      if (tops.length < MOST * group.length) return group;
      return group.map((pulse) => ({
        ...pulse,
        heightMm: pulse.heightMm + more / pxPerMm,
        box: { ...pulse.box, y0: Math.max(0, pulse.box.y0 - more) },
      }));
    })
    .sort((a, b) => a.row - b.row);
}

/** How far both legs go on above the pulse, pixels; 0 where they end apart. */
function legsGoOn(coverage: FloatRaster, { box, leftX, rightX }: DetectedPulse, pxPerMm: number): number {
  const [left, right] = [leftX, rightX].map(
    (x) => box.y0 - climb(coverage, Math.round(x), box.y0, pxPerMm),
  ) as [number, number];
  return Math.abs(left - right) > PLAY_MM * pxPerMm ? 0 : Math.round((left + right) / 2);
}

/** The topmost row of the stroke that stands at `x` and goes up from row `y`. */
function climb({ data, width }: FloatRaster, x: number, y: number, pxPerMm: number): number {
  let top = y;
  for (let row = y; row >= 0 && top - row <= GAP_MM * pxPerMm; row--) {
    const at = row * width + x;
    if (Math.max(data[at - 1] ?? 0, data[at] ?? 0, data[at + 1] ?? 0) >= PALE) top = row;
  }
  return top;
}

/** Whether a level stroke joins the legs of a pulse near row `y`. */
function hasPlateau(
  { data, width, height }: FloatRaster,
  { leftX, rightX }: DetectedPulse,
  y: number,
  pxPerMm: number,
): boolean {
  const [x0, x1] = [Math.round(leftX), Math.round(rightX)];
  const reach = Math.ceil(PLAY_MM * pxPerMm);
  for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
    let inked = 0;
    for (let x = x0; x <= x1; x++) {
      const below = row + 1 < height ? data[(row + 1) * width + x]! : 0;
      if (Math.max(data[row * width + x]!, below) >= PALE) inked++;
    }
    if (inked >= PLATEAU_SHARE * (x1 - x0 + 1)) return true;
  }
  return false;
}
