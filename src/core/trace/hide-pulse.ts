import type { Box, FloatRaster } from '../image/raster.ts';

/** How far into the leads' columns the ink of a calibration pulse is believed to reach. */
const OVERLAP_MM = 0.6;
/** Rows of a leg left out below its plateau, as a share of its height, and above its foot: there other ink meets it. */
const PLATEAU_SHARE = 0.3;
const FOOT_MM = 1;
/** Coverage over those rows from which a column belongs to the leg, and to the leg's soft edge. */
const LEG = 0.5;
const EDGE = 0.04;
/** That of a column is this quantile: a complex beside the leg reaches only part of it. */
const QUANTILE = 0.25;

/**
 * Hides a calibration pulse: its box beside the leads says nothing, and in the first (last) columns of the leads no more
 * is hidden than the leg that stands there; of its soft edge only the leg's share is taken. A complex that the lead
 * begins with stays. A leg that leans too much to fill a column takes all of the overlap. Changes both rasters.
 *
 * @param pulse box of the pulse
 * @param leads first column of the row's leads, and the one behind their last, pixels
 */
export function hidePulse(
  coverage: FloatRaster,
  certainty: FloatRaster,
  pulse: Box,
  leads: readonly [number, number],
  pxPerMm: number,
): void {
  const { x0, x1 } = pulse;
  const y0 = Math.max(0, Math.floor(pulse.y0) - 1);
  const y1 = Math.min(coverage.height, Math.ceil(pulse.y1) + 1);
  const overlap = OVERLAP_MM * pxPerMm;
  const [first, last] = leads;
  const clamp = (x: number): number => Math.min(coverage.width, Math.max(0, x));
  const from = clamp(Math.floor(x0) - 1);
  const to = clamp(Math.ceil(x1) + 1);
  const inFront = clamp(Math.min(to, Math.ceil(first + overlap) + 1));
  const behind = clamp(Math.max(from, Math.floor(last - overlap) - 1));
  const levels = legLevels(coverage, pulse, pxPerMm);
  const hide = (begin: number, end: number, wayIn: 1 | -1): void => {
    if (begin >= end) return;
    const inLeads = (x: number): boolean => (wayIn > 0 ? x > first : x < last - 1);
    // The leg's columns, from the first lead inwards; what stands beyond them is soft edge, then trace.
    let leg = Number.NaN;
    for (let x = begin; x < end; x++) if (levels(x) >= LEG && (leg !== leg || wayIn > 0)) leg = x;
    for (let x = begin; x < end; x++) {
      const isBeyond = leg === leg && (x - leg) * wayIn > 0 && inLeads(x);
      const level = isBeyond ? levels(x) : 1;
      if (level < EDGE) continue;
      for (let y = y0; y < y1; y++) {
        const pixel = y * coverage.width + x;
        coverage.data[pixel] = level < 1 ? Math.max(0, (coverage.data[pixel]! - level) / (1 - level)) : 0;
        certainty.data[pixel]! *= 1 - level;
      }
    }
  };
  hide(from, inFront, 1);
  hide(behind, to, -1);
}

/** Coverage that a column shows along the legs of a pulse. */
function legLevels({ data, width }: FloatRaster, { y0, y1 }: Box, pxPerMm: number): (x: number) => number {
  const top = Math.ceil(y0 + PLATEAU_SHARE * (y1 - y0));
  const bottom = Math.max(top + 1, Math.floor(y1 - FOOT_MM * pxPerMm));
  return (x) => {
    const values = new Float32Array(bottom - top);
    for (let y = top; y < bottom; y++) values[y - top] = data[y * width + x]!;
    return values.sort()[Math.floor(QUANTILE * values.length)]!;
  };
}
