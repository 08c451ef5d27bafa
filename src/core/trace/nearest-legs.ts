import type { Pen } from './pen.ts';

/**
 * Where a line passes nearest to each pixel of a stretch of one column, of pixel `row` at entry `row - y0`: once of the segments that
 * run down the page or flat (0), once of those that run up (1), for both legs of a narrow peak leave ink between them.
 */
export interface NearestLegs {
  /** Squared distance, pixels; that of the reach where nothing is near. */
  readonly squared: readonly [Float64Array, Float64Array];
  /** First sample of the segment, -1 for none. */
  readonly segment: readonly [Int32Array, Int32Array];
  /** Place on the segment, 0 at its first sample to 1 at the next. */
  readonly share: readonly [Float64Array, Float64Array];
}

export function createNearestLegs(rows: number): NearestLegs {
  const floats = (): [Float64Array, Float64Array] => [new Float64Array(rows), new Float64Array(rows)];
  return { squared: floats(), segment: [new Int32Array(rows), new Int32Array(rows)], share: floats() };
}

/**
 * Finds the places of segments `from..to` nearest to the pixels of column `x`, rows `y0..y1`, none farther than `reach`.
 *
 * @param line rows; sample k lies at column `x0 + k / samplesPerPx`
 */
export function findNearestLegs(
  legs: NearestLegs,
  line: Float64Array,
  from: number,
  to: number,
  x0: number,
  samplesPerPx: number,
  x: number,
  y0: number,
  y1: number,
  reach: number,
): void {
  for (const leg of [0, 1] as const) {
    legs.squared[leg].fill(reach * reach, 0, y1 - y0 + 1);
    legs.segment[leg].fill(-1, 0, y1 - y0 + 1);
  }
  const dx = 1 / samplesPerPx;
  for (let k = from; k <= to; k++) {
    const px = x0 + k / samplesPerPx;
    const py = line[k]!;
    const dy = line[k + 1]! - py;
    const leg = dy < 0 ? 1 : 0;
    const squared = legs.squared[leg];
    const segment = legs.segment[leg];
    const share = legs.share[leg];
    const length2 = dx * dx + dy * dy;
    const high = dy < 0 ? py + dy : py;
    const low = dy < 0 ? py : py + dy;
    const last = Math.min(y1, Math.floor(low + reach));
    const alongX = (x - px) * dx;
    for (let row = Math.max(y0, Math.ceil(high - reach)); row <= last; row++) {
      let t = (alongX + (row - py) * dy) / length2;
      if (t < 0) t = 0;
      else if (t > 1) t = 1;
      const ex = x - px - t * dx;
      const ey = row - py - t * dy;
      const d2 = ex * ex + ey * ey;
      if (d2 < squared[row - y0]!) {
        squared[row - y0] = d2;
        segment[row - y0] = k;
        share[row - y0] = t;
      }
    }
  }
}

/** The leg nearest to entry `at`; null where none is near. */
export function nearestLeg({ squared, segment }: NearestLegs, at: number): 0 | 1 | null {
  const [down, up] = [segment[0][at]!, segment[1][at]!];
  if (down < 0 && up < 0) return null;
  return down < 0 || (up >= 0 && squared[1][at]! < squared[0][at]!) ? 1 : 0;
}

/**
 * What a second leg adds to the ink of the nearest one at a pixel. Between the legs, which lie on opposite sides of it then,
 * blurred edges add up until the paper is covered; where both lie on the same side there is only one edge, that of the nearest.
 * (Without this the legs of narrow peaks were drawn together, and the peaks too low and too wide at their feet.)
 *
 * @param share ink of the nearest leg, as `penShare` tells it
 * @param other the same of the second
 * @param cosine of the angle under which the pixel sees the nearest places of both
 */
export function inkOfSecondLeg(pen: Pen, share: number, other: number, cosine: number): number {
  return cosine >= 0 ? 0 : -cosine * Math.min(other, Math.max(0, pen.strength - share));
}
