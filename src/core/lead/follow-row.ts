import type { TraceGrid } from './trace-grid.ts';

/** Reward of a column on ink, and of one off it, in units of columns. */
const OFF_INK = -0.6;
/** Price of moving one cell up or down, and of being one cell away from the expected row. */
const MOVE = 0.2;
const DRIFT = 0.012;

export interface FollowedRow {
  /** Grid row of the path per grid column. */
  readonly path: Int32Array;
  /** 1 where the path lies on ink. */
  readonly onInk: Uint8Array;
}

/**
 * The best path along one row of trace through the coarse grid, between rows `top` and `bottom`: it collects ink,
 * pays for moving and for straying from `centre`. QRS complexes are too short to be worth following, so the path
 * keeps to the baseline. Viterbi with the L1 lower envelope; cost O(width * (bottom - top)).
 */
export function followRow(grid: TraceGrid, top: number, bottom: number, centre: number): FollowedRow {
  const { data, width } = grid;
  const span = bottom - top;
  const score = new Float32Array(span);
  const from = new Int16Array(width * span);
  const arrive = new Float32Array(span);
  const source = new Int16Array(span);
  for (let x = 0; x < width; x++) {
    for (let j = 0; j < span; j++) {
      arrive[j] = score[j];
      source[j] = j;
    }
    for (let j = 1; j < span; j++) {
      if (arrive[j - 1] - MOVE > arrive[j]) {
        arrive[j] = arrive[j - 1] - MOVE;
        source[j] = source[j - 1];
      }
    }
    for (let j = span - 2; j >= 0; j--) {
      if (arrive[j + 1] - MOVE > arrive[j]) {
        arrive[j] = arrive[j + 1] - MOVE;
        source[j] = source[j + 1];
      }
    }
    for (let j = 0; j < span; j++) {
      const ink = data[(top + j) * width + x] === 1 ? 1 : OFF_INK;
      score[j] = arrive[j] + ink - DRIFT * Math.abs(top + j - centre);
      from[x * span + j] = source[j];
    }
  }
  let best = 0;
  for (let j = 1; j < span; j++) if (score[j] > score[best]) best = j;
  const path = new Int32Array(width);
  const onInk = new Uint8Array(width);
  for (let x = width - 1; x >= 0; x--) {
    path[x] = top + best;
    onInk[x] = data[(top + best) * width + x];
    best = from[x * span + best];
  }
  return { path, onInk };
}
