import type { PenReach } from './shrink-runs.ts';

/** Price per pixel of reach that the line leaves unvisited, against `TRAVEL` per pixel it moves. */
const UNVISITED = 1;
const TRAVEL = 0.3;
/** Top, middle or bottom; the choices of the last four steps make a state. */
const CHOICES = 3;
const STATES = CHOICES ** 4;
const OLDEST = CHOICES ** 3;

/**
 * Walks a pen's reach: at every step the line sits at the upper end, the middle or the lower end, such that every row of the reach is
 * passed within two steps (one pen radius) at the least travel. Exact by dynamic programming over the last four
 * choices.
 *
 * @returns row per step; NaN where the reach is
 */
export function chooseExtremes(reach: PenReach): Float64Array {
  const count = reach.upper.length;
  const line = new Float64Array(count).fill(Number.NaN);
  let from = 0;
  while (from < count) {
    while (from < count && reach.upper[from] !== reach.upper[from]) from++;
    let to = from;
    while (to < count && reach.upper[to] === reach.upper[to]) to++;
    if (to > from) walk(reach, from, to, line);
    from = to;
  }
  return line;
}

function walk(reach: PenReach, from: number, to: number, line: Float64Array): void {
  const count = to - from;
  const { upper, lower } = reach;
  const values = new Float64Array(count * CHOICES);
  for (let k = 0; k < count; k++) {
    values[k * CHOICES] = upper[from + k]!;
    values[k * CHOICES + 1] = (upper[from + k]! + lower[from + k]!) / 2;
    values[k * CHOICES + 2] = lower[from + k]!;
  }
  const end = (k: number, choice: number): number => values[Math.max(0, k) * CHOICES + choice]!;
  let cost = new Float64Array(STATES);
  let next = new Float64Array(STATES);
  const back = new Uint8Array(count * STATES);
  // Before the start the line is taken to stand still: states with mixed history are closed.
  cost.fill(Infinity);
  for (let choice = 0; choice < CHOICES; choice++) cost[(choice * (STATES - 1)) / (CHOICES - 1)] = 0;
  for (let k = 1; k < count; k++) {
    next.fill(Infinity);
    // A flat stroke leaves no choice, which keeps nearly all states closed on most of the page.
    const flat = upper[from + k] === lower[from + k];
    const first = flat ? 1 : 0;
    const last = flat ? 1 : CHOICES - 1;
    const centre = k - 2;
    const top = centre >= 0 ? upper[from + centre]! : 0;
    const bottom = centre >= 0 ? lower[from + centre]! : 0;
    for (let state = 0; state < STATES; state++) {
      const so = cost[state]!;
      if (so === Infinity) continue;
      const a = end(k - 4, Math.floor(state / 27));
      const b = end(k - 3, Math.floor(state / 9) % CHOICES);
      const c = end(k - 2, Math.floor(state / 3) % CHOICES);
      const d = end(k - 1, state % CHOICES);
      const high4 = Math.min(a, b, c, d);
      const low4 = Math.max(a, b, c, d);
      for (let choice = first; choice <= last; choice++) {
        const e = end(k, choice);
        let total = so + TRAVEL * Math.abs(e - d);
        if (centre >= 0) {
          const high = e < high4 ? e : high4;
          const low = e > low4 ? e : low4;
          if (high > top) total += UNVISITED * (high - top);
          if (low < bottom) total += UNVISITED * (bottom - low);
        }
        const target = (state % OLDEST) * CHOICES + choice;
        if (total < next[target]!) {
          next[target] = total;
          back[k * STATES + target] = state;
        }
      }
    }
    const swap = cost;
    cost = next;
    next = swap;
  }
  let state = 0;
  for (let s = 1; s < STATES; s++) if (cost[s]! < cost[state]!) state = s;
  for (let k = count - 1; k >= 0; k--) {
    line[from + k] = end(k, state % CHOICES);
    if (k > 0) state = back[k * STATES + state]!;
  }
}
