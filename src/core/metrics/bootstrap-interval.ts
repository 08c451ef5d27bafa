import { createRandom } from '../synthesis/random.ts';
import { percentile } from './score-folder.ts';

/** A figure with the span in which chance alone would let it lie. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Any integer; the same seed gives the same interval. */
  readonly seed: number;
  /** Resamples, 1000 by default. */
  readonly resamples?: number;
  /** 0.95 by default. */
  readonly level?: number;
}

/**
 * Percentile bootstrap (Efron 1979, DOI 10.1214/aos/1176344552): the statistic of many samples drawn from the items
 * with replacement, without its outermost 2.5 % at either side. Draws depend on the seed and the number of items only,
 * so two statistics of the same items see the same draws. Draws whose statistic is no number are left out.
 *
 * @param items what was measured, one entry per independent unit (a page)
 * @param statistic a figure of any such list
 * @returns null for fewer than two items: one says nothing about chance
 */
export function bootstrapInterval<T>(
  items: readonly T[],
  statistic: (sample: readonly T[]) => number,
  { seed, resamples = 1000, level = 0.95 }: BootstrapOptions,
): Interval | null {
  const n = items.length;
  if (n < 2) return null;
  const random = createRandom(seed).fork(`bootstrap ${n}`);
  const values: number[] = [];
  for (let round = 0; round < resamples; round++) {
    const sample = Array.from({ length: n }, () => items[random.integer(0, n - 1)]!);
    const value = statistic(sample);
    if (!Number.isNaN(value)) values.push(value);
  }
  if (values.length === 0) return null;
  const ascending = Float64Array.from(values).sort();
  const outside = 50 * (1 - level);
  return { low: percentile(ascending, outside), high: percentile(ascending, 100 - outside) };
}
