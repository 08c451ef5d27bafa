import { createRandom } from '../../core/synthesis/random.ts';

/** The golden ratio's fraction: its multiples fall evenly into 0..1, however many there are. */
const GOLDEN = 0.6180339887498949;

/**
 * Which page draw `index` is cut from: each as often as its weight says, and evenly, so that every page of a few dozen is
 * seen within a few dozen draws.
 *
 * @param weights - of the pages, positive
 */
export function pageOfDraw(weights: readonly number[], seed: number, index: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const at = (createRandom(seed).fork('pages').next() + index * GOLDEN) % 1;
  let left = at * total;
  for (const [page, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return page;
  }
  return weights.length - 1;
}
