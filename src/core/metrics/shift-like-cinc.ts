/** Amplitude levels and limits of the challenge's evaluation. */
const LEVELS = 256;
const MAX_SHIFT_SECONDS = 0.5;
const MAX_OFFSET_MILLIVOLTS = 1;
/** The image of each signal is blurred by a Gaussian of half a pixel, cut off at two (SciPy's 4 deviations). */
const BLUR_SIGMA = 0.5;
const BLUR_REACH = 2;

/**
 * Moves a prediction in time and voltage as the CinC 2024 evaluation does before it scores (Sameni, Koscova and Reyna,
 * `align_signals` of physionetchallenges/evaluation-2024): both signals become pictures of 256 rows with one pixel per
 * sample, a little blurred, and the shift is where their cross-correlation is highest. Shifts beyond 0.5 s or 1 mV are
 * not made. It is known to harm good signals, since it counts how many samples coincide and forgets how far the others
 * are away.
 *
 * The cross-correlation is counted sample against sample instead of by Fourier transform, and blurred once by the
 * autocorrelation of the Gaussian: the same but for blur that runs over the edge of the picture.
 *
 * @param truth millivolts, n samples, NaN allowed
 * @param prediction millivolts, n samples on the same clock, NaN allowed
 * @returns the moved prediction, n samples; the same array when nothing is to be moved
 *
 * Cost: O(n^2), 0.3 s for 10 s at 500 Hz.
 */
export function shiftLikeCinc(truth: Float64Array, prediction: Float64Array, fs: number): Float64Array {
  const { low, high } = range(truth, prediction);
  if (!(high > low)) return prediction;
  const scale = (LEVELS - 1) / (high - low);
  const n = truth.length;
  const rowsA = Int16Array.from(truth, (x) => (x === x ? roundHalfEven((x - low) * scale) : -1));
  const rowsB = Int16Array.from(prediction, (x) => (x === x ? roundHalfEven((x - low) * scale) : -1));
  // counts[lag + n - 1][row difference + LEVELS - 1]
  const width = 2 * LEVELS - 1;
  const counts = new Uint16Array((2 * n - 1) * width);
  for (let i = 0; i < n; i++) {
    const a = rowsA[i]!;
    if (a < 0) continue;
    let at = (i + n - 1) * width + a + LEVELS - 1;
    for (let j = 0; j < n; j++, at -= width) {
      const b = rowsB[j]!;
      if (b >= 0) counts[at - b]!++;
    }
  }
  const peak = blurredPeak(counts, width, 2 * n - 1);
  const lag = Math.floor(peak / width) - (n - 1);
  const offset = ((peak % width) - (LEVELS - 1)) / scale;
  if (Math.abs(lag) > Math.round(MAX_SHIFT_SECONDS * fs) || Math.abs(offset) > MAX_OFFSET_MILLIVOLTS) {
    return prediction;
  }
  return prediction.map((_, i) => {
    const from = i - lag;
    return from >= 0 && from < n ? prediction[from]! + offset : NaN;
  });
}

/** NumPy's rounding of exact halves. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function range(...signals: Float64Array[]): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const signal of signals) {
    for (const value of signal) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return { low, high };
}

/** Index of the highest blurred count, the first of equals: blurred along rows, then summed over rows as they come. */
function blurredPeak(counts: Uint16Array, width: number, height: number): number {
  const kernel = blurKernel();
  const reach = (kernel.length - 1) / 2;
  const across = new Float64Array(counts.length);
  for (let at = 0; at < counts.length; at += width) {
    for (let x = 0; x < width; x++) {
      const count = counts[at + x]!;
      if (count === 0) continue;
      const from = Math.max(0, x - reach);
      const to = Math.min(width - 1, x + reach);
      for (let c = from; c <= to; c++) across[at + c]! += count * kernel[c - x + reach]!;
    }
  }
  let best = 0;
  let bestValue = -1;
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let d = -reach; d <= reach; d++) {
      if (y + d < 0 || y + d >= height) continue;
      const weight = kernel[d + reach]!;
      const at = (y + d) * width;
      for (let x = 0; x < width; x++) sums[x]! += weight * across[at + x]!;
    }
    for (let x = 0; x < width; x++) {
      if (sums[x]! > bestValue) {
        bestValue = sums[x]!;
        best = y * width + x;
      }
    }
  }
  return best;
}

/** Autocorrelation of the cut-off Gaussian, 4 * BLUR_REACH + 1 taps. */
function blurKernel(): Float64Array {
  const taps = Float64Array.from({ length: 2 * BLUR_REACH + 1 }, (_, k) =>
    Math.exp(-((k - BLUR_REACH) ** 2) / (2 * BLUR_SIGMA ** 2)),
  );
  const sum = taps.reduce((a, b) => a + b, 0);
  const kernel = new Float64Array(4 * BLUR_REACH + 1);
  for (let i = 0; i < taps.length; i++) {
    for (let j = 0; j < taps.length; j++) kernel[i + j]! += (taps[i]! * taps[j]!) / sum ** 2;
  }
  return kernel;
}
