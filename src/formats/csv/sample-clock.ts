import { AppError } from '../../shared/app-error.ts';

/** Rows of a table on an even clock. */
export interface SampleClock {
  readonly fs: number;
  readonly startSeconds: number;
  /** Sample of each row. */
  readonly sampleOfRow: Int32Array;
  readonly samples: number;
}

/**
 * Finds the rate of time stamps, a whole number of Hz when they are within 0.1 % of it, and the sample each row belongs
 * to: one after the other, or with gaps where rows are missing. Time stamps may be rounded.
 *
 * @throws AppError `corrupt` when time does not grow, `too-large` when gaps make more than `limit` samples
 */
export function sampleClock(seconds: Float64Array, limit: number, fsOfOne: number): SampleClock {
  const n = seconds.length;
  const startSeconds = n > 0 ? seconds[0]! : 0;
  const sampleOfRow = Int32Array.from({ length: n }, (_, row) => row);
  if (n < 2) return { fs: fsOfOne, startSeconds, sampleOfRow, samples: n };
  const steps = new Float64Array(n - 1);
  for (let row = 1; row < n; row++) steps[row - 1] = seconds[row]! - seconds[row - 1]!;
  const median = steps.toSorted()[(n - 1) >> 1]!;
  if (steps.some((step) => !(step >= 0)) || !(median > 0) || !(seconds[n - 1]! > startSeconds)) {
    throw new AppError('corrupt', 'The time column does not grow.');
  }
  const even = wholeRate((n - 1) / (seconds[n - 1]! - startSeconds));
  const isEven = seconds.every((second, row) => Math.abs((second - startSeconds) * even - row) < 0.4);
  if (isEven) return { fs: even, startSeconds, sampleOfRow, samples: n };
  const fs = wholeRate(1 / median);
  for (let row = 0; row < n; row++) {
    const sample = Math.round((seconds[row]! - startSeconds) * fs);
    if (!(sample < limit))
      throw new AppError('too-large', `The time column has gaps of more than ${limit} samples.`);
    if (row > 0 && sample <= sampleOfRow[row - 1]!) {
      throw new AppError('corrupt', 'The time column grows unevenly: two rows belong to one sample.');
    }
    sampleOfRow[row] = sample;
  }
  return { fs, startSeconds, sampleOfRow, samples: sampleOfRow[n - 1]! + 1 };
}

function wholeRate(fs: number): number {
  const whole = Math.round(fs);
  return whole > 0 && Math.abs(fs - whole) <= whole * 1e-3 ? whole : fs;
}
