import type { FloatRaster } from '../image/raster.ts';
import type { DetectedPulse } from './find-pulses.ts';
import type { TraceRow } from './trace-row.ts';

/** Coverage of a pale leg, and the share of its length that must show it. */
const PALE = 0.25;
const LEG_SHARE = 0.9;
/** How far from its fellows' place the leg of a pulse may stand, and its foot from the baseline, millimetres. */
const ASIDE_MM = 0.8;
const FOOT_MM = 1;

/**
 * Pulses of the rows beside those where some were found: a printer draws the same pulse before every row, but paler on
 * one than on another. A row without one gets that of its side where a leg stands at the same place, as high.
 */
export function completePulses(
  pulses: readonly DetectedPulse[],
  coverage: FloatRaster,
  rows: readonly TraceRow[],
  pxPerMm: number,
): DetectedPulse[] {
  const added = rows.flatMap(({ baselineY }, row) =>
    (['left', 'right'] as const).flatMap((side) => {
      const fellows = pulses.filter((pulse) => pulse.side === side);
      if (fellows.length === 0 || fellows.some((pulse) => pulse.row === row)) return [];
      const fellow = fellows.reduce((a, b) => (Math.abs(b.row - row) < Math.abs(a.row - row) ? b : a));
      const foot = findFoot(coverage, fellow, baselineY, pxPerMm);
      if (foot === null) return [];
      const { x0, x1, y0, y1 } = fellow.box;
      const box = {
        x0: x0 + Math.min(0, foot.aside),
        x1: x1 + Math.max(0, foot.aside),
        y0: Math.max(0, foot.y + 1 - (y1 - y0)),
        y1: foot.y + 1,
      };
      return [{ ...fellow, box, row, leftX: fellow.leftX + foot.aside, rightX: fellow.rightX + foot.aside }];
    }),
  );
  return [...pulses, ...added].sort((a, b) => a.row - b.row);
}

/** Where the leg that is next to the leads stands, aside of its fellow's, and its last row; null without one. */
function findFoot(
  { data, width, height }: FloatRaster,
  { box, side, leftX, rightX }: DetectedPulse,
  baselineY: number,
  pxPerMm: number,
): { aside: number; y: number } | null {
  const legX = Math.round(side === 'left' ? rightX : leftX);
  const reach = Math.ceil(ASIDE_MM * pxPerMm);
  const length = box.y1 - box.y0;
  const last = Math.round(baselineY + FOOT_MM * pxPerMm);
  const first = Math.round(baselineY - FOOT_MM * pxPerMm) - length;
  let best: { aside: number; y: number } | null = null;
  let most = LEG_SHARE * length;
  for (let aside = -reach; aside <= reach; aside++) {
    const x = legX + aside;
    if (x < 0 || x >= width) continue;
    let inked = 0;
    let lowest = -1;
    for (let y = Math.max(0, first); y < Math.min(height, last); y++) {
      if (data[y * width + x]! < PALE) continue;
      inked++;
      lowest = y;
    }
    if (inked <= most) continue;
    most = inked;
    best = { aside, y: lowest };
  }
  return best;
}
