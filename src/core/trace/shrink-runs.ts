import type { InkRuns } from './ink-runs.ts';

/** Rows the centre of the pen can have reached, at `stepPx` steps along the row; NaN where there is no ink. */
export interface PenReach {
  readonly stepPx: number;
  readonly upper: Float64Array;
  readonly lower: Float64Array;
}

const LEAST_STEP_PX = 0.5;
/** Part of the pen's radius by which runs are shrunk: edges are soft, and too much would close narrow peaks. */
const SHRINK = 0.72;
/** A reach lower than this is a stroke lying flat: the line runs through its middle. */
const FLAT_PX = 0.7;

/** Shrinks ink runs by the pen's disc, two steps per radius (a column spans half a pixel to either side). */
export function shrinkRuns(runs: InkRuns, radiusPx: number): PenReach {
  const columns = runs.top.length;
  const stepPx = 1 / Math.max(1, Math.round(1 / Math.max(LEAST_STEP_PX, radiusPx / 2)));
  const count = Math.floor((columns - 1) / stepPx) + 1;
  const upper = new Float64Array(count).fill(Number.NaN);
  const lower = new Float64Array(count).fill(Number.NaN);
  const radius = SHRINK * radiusPx;
  for (let k = 0; k < count; k++) {
    const x = k * stepPx;
    const from = Math.max(0, Math.ceil(x - 0.5 - radius));
    const to = Math.min(columns - 1, Math.floor(x + 0.5 + radius));
    let top = -Infinity;
    let bottom = Infinity;
    let any = false;
    for (let column = from; column <= to; column++) {
      if (runs.missing[column] === 1) continue;
      const off = Math.max(0, Math.abs(x - column) - 0.5);
      if (off > radius) continue;
      const inset = radiusPx - radius + Math.sqrt(radius * radius - off * off);
      top = Math.max(top, runs.top[column]! + inset);
      bottom = Math.min(bottom, runs.bottom[column]! - inset);
      any = true;
    }
    if (!any) continue;
    if (bottom - top < FLAT_PX) {
      const nearest = Math.min(columns - 1, Math.round(x));
      const middle =
        runs.missing[nearest] === 1 ? (top + bottom) / 2 : (runs.top[nearest]! + runs.bottom[nearest]!) / 2;
      top = middle;
      bottom = middle;
    }
    upper[k] = top;
    lower[k] = bottom;
  }
  return { stepPx, upper, lower };
}
