import type { TracePath } from './trace-path.ts';

/** Distances to both sides at which a line's bend is taken, millimetres: the strokes and blurs of pages lie in between. */
export const BEND_REACHES_MM = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5] as const;

/**
 * How the lines of a kind of page lie about what is traced where that bends: per reach of `BEND_REACHES_MM`, the share of the bend
 * taken over it (the rows at both sides, less twice the row between) by which the line lies further in. Peaks that a blurred scan
 * cost are given back by negative shares, noise is smoothed by positive ones. A symmetric filter, which moves nothing in time and leaves
 * straight lines alone.
 */
export interface LineResponse {
  readonly weights: readonly number[];
}

/** No frequency is raised or lowered by more than this share, whatever was learnt. */
const MOST_CHANGE = 1;

/**
 * Bends of a line about one of its fine samples, one per reach, in the unit of its rows; 0 where the line ends within the
 * reach, NaN for all at a sample without a line.
 *
 * @param into one number per reach
 */
export function bendsAt(
  { fineY, samplesPerPx }: Pick<TracePath, 'fineY' | 'samplesPerPx'>,
  k: number,
  pxPerMm: number,
  into: Float64Array,
): void {
  const row = fineY[k]!;
  for (const [index, reachMm] of BEND_REACHES_MM.entries()) {
    const away = reachMm * pxPerMm * samplesPerPx;
    const bend = rowAt(fineY, k - away) + rowAt(fineY, k + away) - 2 * row;
    into[index] = row === row && bend !== bend ? 0 : bend;
  }
}

/** The path with its line moved as the response tells; what a person drew stays. O(n). */
export function reshapeLine(path: TracePath, { weights }: LineResponse, pxPerMm: number): TracePath {
  const { fineY, human, samplesPerPx } = path;
  const bends = new Float64Array(BEND_REACHES_MM.length);
  const sharp = fineY.map((row, k) => {
    if (human?.[Math.floor(k / samplesPerPx)] === 1) return row;
    bendsAt(path, k, pxPerMm, bends);
    return weights.reduce((sum, weight, index) => sum + weight * bends[index]!, row);
  });
  return { ...path, y: path.y.map((_, column) => sharp[column * samplesPerPx]!), fineY: sharp };
}

/**
 * The response, held back where it would change some frequency more than is believed. A cosine of f cycles per mm bends by
 * `2 (cos(2 pi f d) - 1)` over the reach d.
 */
export function heldBack({ weights }: LineResponse): LineResponse {
  const [first] = BEND_REACHES_MM;
  let most = 0;
  // Up to the frequency that the smallest reach can just tell.
  for (let step = 0; step <= 100; step++) {
    const angle = (Math.PI * step) / 100 / first;
    const change = BEND_REACHES_MM.reduce(
      (sum, reach, index) => sum + weights[index]! * 2 * (Math.cos(angle * reach) - 1),
      0,
    );
    most = Math.max(most, Math.abs(change));
  }
  return most <= MOST_CHANGE ? { weights } : { weights: weights.map((one) => (one * MOST_CHANGE) / most) };
}

/** Row between two fine samples; NaN beyond the line. */
function rowAt(fineY: Float32Array, at: number): number {
  const left = Math.floor(at);
  const share = at - left;
  return share === 0
    ? (fineY[at] ?? NaN)
    : (1 - share) * (fineY[left] ?? NaN) + share * (fineY[left + 1] ?? NaN);
}
