import type { PenReach } from './shrink-runs.ts';

/**
 * Straightens the stairs of a walked reach: turning points stay, and between two of them the line follows the middle of
 * the reach, made monotonic. Changes `line` in place.
 *
 * @param turnPx least reversal that counts as a turning point
 */
export function smoothFlanks(line: Float64Array, reach: PenReach, turnPx: number): void {
  let from = 0;
  while (from < line.length) {
    while (from < line.length && line[from] !== line[from]) from++;
    let to = from;
    while (to < line.length && line[to] === line[to]) to++;
    if (to - from > 2) smoothStretch(line, reach, from, to, turnPx);
    from = to;
  }
}

function smoothStretch(line: Float64Array, reach: PenReach, from: number, to: number, turnPx: number): void {
  const pivots = [from];
  let highest = from;
  let lowest = from;
  let heading = 0;
  for (let k = from + 1; k < to; k++) {
    if (line[k]! > line[highest]!) highest = k;
    if (line[k]! < line[lowest]!) lowest = k;
    if (heading >= 0 && line[highest]! - line[k]! > turnPx) {
      if (highest !== pivots[pivots.length - 1]) pivots.push(highest);
      heading = -1;
      lowest = k;
    } else if (heading <= 0 && line[k]! - line[lowest]! > turnPx) {
      if (lowest !== pivots[pivots.length - 1]) pivots.push(lowest);
      heading = 1;
      highest = k;
    }
    if (heading === 1) lowest = k;
    if (heading === -1) highest = k;
  }
  pivots.push(to - 1);
  for (let i = 0; i + 1 < pivots.length; i++) monotonicMiddle(line, reach, pivots[i]!, pivots[i + 1]!);
}

/** Between two pivots: mean of the tightest monotonic curves above and below the reach's middle. */
function monotonicMiddle(line: Float64Array, reach: PenReach, start: number, end: number): void {
  const count = end - start - 1;
  if (count <= 0) return;
  const a = line[start]!;
  const b = line[end]!;
  const sign = b >= a ? 1 : -1;
  const least = Math.min(a, b);
  const most = Math.max(a, b);
  const forward = new Float64Array(count);
  let bound = a * sign;
  for (let i = 0; i < count; i++) {
    const k = start + 1 + i;
    const middle = Math.min(most, Math.max(least, (reach.upper[k]! + reach.lower[k]!) / 2));
    bound = Math.max(bound, middle * sign);
    forward[i] = bound * sign;
  }
  bound = b * sign;
  for (let i = count - 1; i >= 0; i--) {
    const k = start + 1 + i;
    const middle = Math.min(most, Math.max(least, (reach.upper[k]! + reach.lower[k]!) / 2));
    bound = Math.min(bound, middle * sign);
    line[k] = (bound * sign + forward[i]!) / 2;
  }
}
