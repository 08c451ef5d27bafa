import { solveLinear } from '../image/solve-linear.ts';
import { medianOf } from '../signal/median-of.ts';
import { BEND_REACHES_MM, bendsAt, heldBack, type LineResponse } from '../trace/line-response.ts';
import type { TracePath } from '../trace/trace-path.ts';

/** A lead as the machine traced it and as a person left it, on the same flat page. */
export interface LinePair {
  readonly traced: TracePath;
  readonly accepted: TracePath;
  /** Share of what is learnt that the lead needs; the whole of it when absent. */
  readonly share?: number;
}

/** Distances farther than this are no matter of sharpness: the trace ran elsewhere. */
const GROSS_MM = 1.5;
/** Pages without which nothing is learnt. */
const LEAST_PAGES = 3;
/** Weight of "nothing is to be changed" against what the pages say, share of their mean power of bends. */
const RIDGE = 1e-3;

/** Pages that were taken in, and what they teach. */
export interface LineResponseFit {
  /** Takes in a page; one without pairs, or with straight lines alone, says nothing. */
  add(pairs: readonly LinePair[], pxPerMm: number): void;
  /** Null where too few pages said something. */
  solve(): LineResponse | null;
}

/**
 * How lines lie about what is traced where that bends, from pages that people corrected: ridge regression of the distance between
 * the accepted and the traced line on the traced line's bends. Pages count alike, whatever their height. Lines that nobody touched
 * say that they lie where they were traced, so that the rest is underestimated rather than overestimated.
 */
export function createLineResponseFit(): LineResponseFit {
  const count = BEND_REACHES_MM.length;
  const matrix = new Float64Array(count * count);
  const right = new Float64Array(count);
  let taken = 0;
  return {
    add(pairs, pxPerMm) {
      const power = pairs.reduce((sum, { accepted }) => sum + powerOf(accepted.fineY), 0);
      if (!(power > 0)) return;
      for (const pair of pairs) addPair(pair, pxPerMm, 1 / power, matrix, right);
      taken++;
    },
    solve() {
      if (taken < LEAST_PAGES) return null;
      const ridged = matrix.slice();
      const diagonal = Array.from({ length: count }, (_, k) => k * count + k);
      const mean = diagonal.reduce((sum, at) => sum + matrix[at]!, 0) / count;
      for (const at of diagonal) ridged[at]! += RIDGE * mean;
      const weights = solveLinear(ridged, right.slice());
      if (!weights) return null;
      const held = heldBack({ weights: [...weights] });
      return { weights: held.weights.map((one) => Math.round(one * 1e5) / 1e5) };
    },
  };
}

/** Adds the normal equations of one lead, its rows in pixels of the same page. */
function addPair(
  { traced, accepted, share = 1 }: LinePair,
  pxPerMm: number,
  weight: number,
  matrix: Float64Array,
  right: Float64Array,
): void {
  const count = BEND_REACHES_MM.length;
  const { fineY, samplesPerPx, x0 } = traced;
  const distance = Float32Array.from(fineY, (row, k) => {
    const there = Math.round(
      (x0 - accepted.x0) * accepted.samplesPerPx + (k * accepted.samplesPerPx) / samplesPerPx,
    );
    const column = Math.floor(there / accepted.samplesPerPx);
    if (accepted.bridged[column] === 1 && accepted.human?.[column] !== 1) return NaN;
    return (accepted.fineY[there] ?? NaN) - row;
  });
  const usual = medianOf(distance);
  const bends = new Float64Array(count);
  for (let k = 0; k < fineY.length; k++) {
    const off = distance[k]! - usual;
    if (!(Math.abs(off) <= GROSS_MM * pxPerMm)) continue;
    bendsAt(traced, k, pxPerMm, bends);
    for (let i = 0; i < count; i++) {
      right[i]! += weight * share * bends[i]! * off;
      for (let j = 0; j < count; j++) matrix[i * count + j]! += weight * share ** 2 * bends[i]! * bends[j]!;
    }
  }
}

/** Sum of squares about the mean. */
function powerOf(rows: Float32Array): number {
  let [known, sum, squares] = [0, 0, 0];
  for (const row of rows) {
    if (row !== row) continue;
    known++;
    sum += row;
    squares += row * row;
  }
  return known === 0 ? 0 : squares - (sum * sum) / known;
}
