import type { FloatRaster } from '../image/raster.ts';

/** Widest leg, and the widest step aside per row, as the printer's sampling makes pulses lean. */
const MAX_LEG_MM = 1.3;
const MAX_STEP_MM = 0.5;
/** Coverage of a leg, and of a hairline leg printed paler than the traces. */
const THRESHOLD = 0.4;
const PALE = 0.3;

export interface PulseLeg {
  /** Rows from the plateau to the lower end. */
  readonly length: number;
  /** Lower edge of the leg (one past its last row), or of the foot it stands on. */
  readonly endY: number;
  readonly x0: number;
  readonly x1: number;
}

/** Follows an upright stroke downwards from (`x`, `y`) until it ends or widens into a foot or the trace. */
export function tracePulseLeg(coverage: FloatRaster, x: number, y: number, pxPerMm: number): PulseLeg {
  const { data, width, height } = coverage;
  const maxWidth = Math.ceil(MAX_LEG_MM * pxPerMm);
  const maxStep = Math.max(2, Math.round(MAX_STEP_MM * pxPerMm));
  let centre = x;
  let lo = x;
  let hi = x + 1;
  let row = y;
  let misses = 0;
  let last = y;
  let wide = 0;
  while (row + 1 < height) {
    row++;
    let least = THRESHOLD;
    let at = nearest(data, width, row, centre, maxStep, least);
    if (at < 0) {
      least = PALE;
      at = nearest(data, width, row, centre, maxStep, least);
    }
    if (at < 0) {
      if (++misses > 0.35 * pxPerMm) break;
      continue;
    }
    let from = at;
    let to = at + 1;
    while (from > 0 && at - from < 2 * maxWidth && data[row * width + from - 1] >= least) from--;
    while (to < width && to - at < 2 * maxWidth && data[row * width + to] >= least) to++;
    if (to - from > maxWidth) {
      if (row - y > 2 * pxPerMm) {
        wide++;
        last = row;
        if (wide > pxPerMm) break;
      }
      continue;
    }
    if (wide > 0) break;
    misses = 0;
    last = row;
    centre = (from + to - 1) >> 1;
    if (from < lo) lo = from;
    if (to > hi) hi = to;
  }
  return { length: last - y, endY: last + 1, x0: lo, x1: hi };
}

/** The column nearest to `centre`, at most `reach` aside, that is inked to `least` on a row; -1 without one. */
function nearest(
  data: Float32Array,
  width: number,
  row: number,
  centre: number,
  reach: number,
  least: number,
): number {
  for (let d = 0; d <= reach; d++) {
    if (centre - d >= 0 && data[row * width + centre - d] >= least) return centre - d;
    if (centre + d < width && data[row * width + centre + d] >= least) return centre + d;
  }
  return -1;
}
