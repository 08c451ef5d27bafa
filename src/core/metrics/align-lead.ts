/** A prediction laid over its truth: shifted in time, freed of its constant offset. */
export interface AlignedLead {
  /** The prediction on the truth's samples, NaN where it says nothing (also where the shift left a gap). */
  readonly aligned: Float64Array;
  /** Samples by which the prediction was moved; positive = it came early and was delayed. */
  readonly lagSamples: number;
  /** Constant taken away from the prediction, in its own unit (mV). */
  readonly offset: number;
}

/**
 * Aligns a prediction with its truth the way the Kaggle "PhysioNet: digitization of ECG images" metric does: by the
 * lag in +-`maxLagSamples` that maximises the cross-correlation of the mean-removed signals (of equals, the smallest
 * shift), then by subtracting `nanmean(prediction - truth)`. NaN count as the mean while correlating.
 *
 * @param truth millivolts, n samples
 * @param prediction millivolts on the same clock, n samples
 * @throws RangeError when the lengths differ
 *
 * Cost: O(n * maxLagSamples); 12 leads of 5000 samples with 100 lags take about 20 ms.
 *
 * @example
 * alignLead(new Float64Array([0, 1, 0, 0]), new Float64Array([5, 5, 6, 5]), 2).lagSamples; // -1
 */
export function alignLead(truth: Float64Array, prediction: Float64Array, maxLagSamples: number): AlignedLead {
  const n = truth.length;
  if (prediction.length !== n) {
    throw new RangeError(`alignLead: truth has ${n} samples, the prediction ${prediction.length}`);
  }
  const a = centred(truth);
  const b = centred(prediction);
  let lagSamples = 0;
  let best = correlationAt(a, b, 0);
  const reach = Math.min(maxLagSamples, n - 1);
  for (let size = 1; size <= reach; size++) {
    for (const lag of [-size, size]) {
      const value = correlationAt(a, b, lag);
      if (value > best) {
        best = value;
        lagSamples = lag;
      }
    }
  }

  const aligned = new Float64Array(n).fill(NaN);
  let sum = 0;
  let count = 0;
  for (let i = Math.max(0, lagSamples); i < Math.min(n, n + lagSamples); i++) {
    const value = prediction[i - lagSamples]!;
    aligned[i] = value;
    const difference = value - truth[i]!;
    if (difference === difference) {
      sum += difference;
      count++;
    }
  }
  const offset = count > 0 ? sum / count : 0;
  for (let i = 0; i < n; i++) aligned[i]! -= offset;
  return { aligned, lagSamples, offset };
}

/** The signal minus its mean, NaN as 0. */
function centred(values: Float64Array): Float64Array {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === value) {
      sum += value;
      count++;
    }
  }
  const mean = count > 0 ? sum / count : 0;
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    result[i] = value === value ? value - mean : 0;
  }
  return result;
}

function correlationAt(a: Float64Array, b: Float64Array, lag: number): number {
  let sum = 0;
  const end = Math.min(a.length, b.length + lag);
  for (let i = Math.max(0, lag); i < end; i++) sum += a[i]! * b[i - lag]!;
  return sum;
}
