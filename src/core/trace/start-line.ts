import type { InkRuns } from './ink-runs.ts';

/** Price per pixel of run left without a line, against `TRAVEL` per pixel the line moves. */
const UNCOVERED = 1;
const TRAVEL = 0.2;
const CHOICES = 3;

/**
 * First guess of the centre line from ink runs: each run is shrunk by the pen's disc, then the line picks the top,
 * middle or bottom of what is left in every column so that narrow peaks, whose up- and down-strokes share columns, are
 * walked to their tips with the least travel. Exact by dynamic programming over pairs of columns.
 *
 * @param radiusPx half the thickness of the stroke
 * @returns row per column; NaN where the run is missing
 */
export function startLine(runs: InkRuns, radiusPx: number): Float32Array {
  const columns = runs.top.length;
  const { upper, lower } = shrinkRuns(runs, radiusPx);
  const line = new Float32Array(columns).fill(Number.NaN);
  let from = 0;
  while (from < columns) {
    while (from < columns && runs.missing[from] === 1) from++;
    let to = from;
    while (to < columns && runs.missing[to] === 0) to++;
    if (to > from) chooseLine(upper, lower, from, to, line);
    from = to;
  }
  return line;
}

/** Rows the centre of a pen of radius `radiusPx` can have reached in each column. */
function shrinkRuns(runs: InkRuns, radiusPx: number): { upper: Float32Array; lower: Float32Array } {
  const columns = runs.top.length;
  const upper = new Float32Array(columns);
  const lower = new Float32Array(columns);
  const reach = Math.floor(radiusPx);
  for (let column = 0; column < columns; column++) {
    if (runs.missing[column] === 1) continue;
    let top = -Infinity;
    let bottom = Infinity;
    for (let dx = -reach; dx <= reach; dx++) {
      const at = Math.min(columns - 1, Math.max(0, column + dx));
      if (runs.missing[at] === 1) continue;
      const inset = Math.sqrt(radiusPx * radiusPx - dx * dx);
      top = Math.max(top, runs.top[at]! + inset);
      bottom = Math.min(bottom, runs.bottom[at]! - inset);
    }
    if (top > bottom) {
      const middle = Math.min(
        runs.bottom[column]!,
        Math.max(runs.top[column]!, (runs.top[column]! + runs.bottom[column]!) / 2),
      );
      top = middle;
      bottom = middle;
    }
    upper[column] = top;
    lower[column] = bottom;
  }
  return { upper, lower };
}

function chooseLine(
  upper: Float32Array,
  lower: Float32Array,
  from: number,
  to: number,
  line: Float32Array,
): void {
  const count = to - from;
  const value = (column: number, choice: number): number => {
    const a = upper[column]!;
    const b = lower[column]!;
    return choice === 0 ? a : choice === 1 ? (a + b) / 2 : b;
  };
  if (count < 3) {
    for (let column = from; column < to; column++) line[column] = value(column, 1);
    return;
  }
  // State: (choice of the previous column, choice of this one).
  const states = CHOICES * CHOICES;
  let cost = new Float64Array(states);
  let next = new Float64Array(states);
  const back = new Uint8Array(count * states);
  for (let a = 0; a < CHOICES; a++) {
    for (let b = 0; b < CHOICES; b++) {
      cost[a * CHOICES + b] = TRAVEL * Math.abs(value(from + 1, b) - value(from, a));
    }
  }
  for (let i = 2; i < count; i++) {
    const column = from + i;
    next.fill(Infinity);
    for (let a = 0; a < CHOICES; a++) {
      const va = value(column - 2, a);
      for (let b = 0; b < CHOICES; b++) {
        const vb = value(column - 1, b);
        const so = cost[a * CHOICES + b]!;
        for (let c = 0; c < CHOICES; c++) {
          const vc = value(column, c);
          const high = Math.min(va, vb, vc);
          const low = Math.max(va, vb, vc);
          const open = Math.max(0, high - upper[column - 1]!) + Math.max(0, lower[column - 1]! - low);
          const total = so + UNCOVERED * open + TRAVEL * Math.abs(vc - vb);
          const state = b * CHOICES + c;
          if (total < next[state]!) {
            next[state] = total;
            back[i * states + state] = a;
          }
        }
      }
    }
    const swap = cost;
    cost = next;
    next = swap;
  }
  let state = 0;
  for (let s = 1; s < states; s++) if (cost[s]! < cost[state]!) state = s;
  for (let i = count - 1; i >= 0; i--) {
    const here = state % CHOICES;
    const before = Math.floor(state / CHOICES);
    line[from + i] = value(from + i, here);
    if (i >= 2) state = back[i * states + state]! * CHOICES + before;
    else if (i === 1) state = before;
  }
}
