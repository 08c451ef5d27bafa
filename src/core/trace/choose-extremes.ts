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
  let cost = new Float64Array(STATES);
  let next = new Float64Array(STATES);
  const back = new Uint8Array(count * STATES);
  // Before the start the line is taken to stand still: states with mixed history are closed.
  cost.fill(Infinity);
  for (let choice = 0; choice < CHOICES; choice++) cost[(choice * (STATES - 1)) / (CHOICES - 1)] = 0;
  for (let k = 1; k < count; k++) {
    next.fill(Infinity);
    const centre = k - 2;
    const top = centre >= 0 ? upper[from + centre]! : Infinity;
    const bottom = centre >= 0 ? lower[from + centre]! : -Infinity;
    advance(values, k, cost, next, back, top, bottom);
    const swap = cost;
    cost = next;
    next = swap;
  }
  let state = 0;
  for (let s = 1; s < STATES; s++) if (cost[s]! < cost[state]!) state = s;
  for (let k = count - 1; k >= 0; k--) {
    line[from + k] = values[k * CHOICES + (state % CHOICES)]!;
    if (k > 0) state = back[k * STATES + state]!;
  }
}

/**
 * One step of the search, to step `k`: what every state of `next` costs at best, and in `back` from which state. `top`
 * and `bottom` are the reach about which the line has then decided.
 */
function advance(
  values: Float64Array,
  k: number,
  cost: Float64Array,
  next: Float64Array,
  back: Uint8Array,
  top: number,
  bottom: number,
): void {
  const at1 = Math.max(0, k - 4) * CHOICES;
  const at2 = Math.max(0, k - 3) * CHOICES;
  const at3 = Math.max(0, k - 2) * CHOICES;
  const at4 = (k - 1) * CHOICES;
  const at5 = k * CHOICES;
  const first = firstChoice(values, k);
  const last = CHOICES - 1 - first;
  for (let a = firstChoice(values, k - 4), aEnd = CHOICES - a; a < aEnd; a++) {
    const va = values[at1 + a]!;
    for (let b = firstChoice(values, k - 3), bEnd = CHOICES - b; b < bEnd; b++) {
      const vb = values[at2 + b]!;
      const high2 = va < vb ? va : vb;
      const low2 = va < vb ? vb : va;
      for (let c = firstChoice(values, k - 2), cEnd = CHOICES - c; c < cEnd; c++) {
        const vc = values[at3 + c]!;
        const high3 = vc < high2 ? vc : high2;
        const low3 = vc > low2 ? vc : low2;
        for (let d = firstChoice(values, k - 1), dEnd = CHOICES - d; d < dEnd; d++) {
          const state = ((a * CHOICES + b) * CHOICES + c) * CHOICES + d;
          const so = cost[state]!;
          if (so === Infinity) continue;
          const vd = values[at4 + d]!;
          const high4 = vd < high3 ? vd : high3;
          const low4 = vd > low3 ? vd : low3;
          for (let choice = first; choice <= last; choice++) {
            const e = values[at5 + choice]!;
            let total = so + TRAVEL * Math.abs(e - vd);
            const high = e < high4 ? e : high4;
            const low = e > low4 ? e : low4;
            if (high > top) total += UNVISITED * (high - top);
            if (low < bottom) total += UNVISITED * (bottom - low);
            const target = (state % OLDEST) * CHOICES + choice;
            if (total < next[target]!) {
              next[target] = total;
              back[k * STATES + target] = state;
            }
          }
        }
      }
    }
  }
}

/** A flat stroke leaves no choice but the middle, which keeps nearly all states closed on most of the page. */
function firstChoice(values: Float64Array, k: number): number {
  return k >= 1 && values[k * CHOICES] === values[k * CHOICES + 2] ? 1 : 0;
}
