/** Rows per column from which a line that ends is a flank and goes on. */
const FLANK = 1.5;
/** Columns that a flank is followed into the unseen. */
const REACH_PX = 3;

export interface FlankLimits {
  /** Row of 0 mV. */
  readonly baselineY: number;
  /** Row to which the ink at a sample of the line goes, upwards (-1) or downwards (1). */
  readonly inkEnd: (sample: number, way: -1 | 1) => number;
}

/**
 * Bridges gaps with straight lines. Ends are held, but a flank that a frame or a separator cuts goes on for a few columns:
 * as far as the ink beside the cut shows, and to the baseline.
 *
 * @param line rows, NaN where nothing was seen
 */
export function fillGaps(line: Float64Array, samplesPerPx: number, limits: FlankLimits): Float64Array {
  const filled = Float64Array.from(line);
  let last = -1;
  for (let k = 0; k <= line.length; k++) {
    if (k < line.length && line[k] !== line[k]) continue;
    if (last >= 0 && k < line.length) {
      for (let at = last + 1; at < k; at++) {
        filled[at] = line[last]! + ((line[k]! - line[last]!) * (at - last)) / (k - last);
      }
    } else if (k < line.length) goOn(filled, k, -1, samplesPerPx, limits);
    else if (last >= 0) goOn(filled, last, 1, samplesPerPx, limits);
    last = k;
  }
  return filled;
}

/** Fills from the sample `from`, the last one seen, to the end of the line. */
function goOn(
  line: Float64Array,
  from: number,
  step: 1 | -1,
  samplesPerPx: number,
  { baselineY, inkEnd }: FlankLimits,
): void {
  const level = line[from]!;
  // NaN where the line is cut off again at once: that is no flank.
  const perPx = level - line[from - step * samplesPerPx]!;
  const way = perPx < 0 ? -1 : 1;
  const ends = Math.abs(perPx) >= FLANK ? [baselineY, inkEnd(from, way)] : [];
  const room = Math.max(0, ...ends.map((end) => (end - level) * way).filter((rows) => rows > 0));
  for (let at = from + step; at >= 0 && at < line.length; at += step) {
    const columns = Math.min(REACH_PX, Math.abs(at - from) / samplesPerPx);
    line[at] = room > 0 ? level + way * Math.min(room, Math.abs(perPx) * columns) : level;
  }
}
