/** Zero crossings of the kernel at either side, and the shape of its window. */
const LOBES = 16;
const KAISER_BETA = 8;

/**
 * Reads an evenly sampled signal at other evenly spaced times by a windowed sinc (Kaiser, beta 8, 16 lobes), cut off
 * below the lower of the two rates' Nyquist frequencies, so that nothing folds back. Beyond its ends the signal is
 * turned about its end points.
 *
 * @param values no NaN, at least one
 * @param first place of the first result, in samples of `values`
 * @param step distance between results, in samples of `values`
 */
export function resampleSignal(
  values: Float64Array,
  first: number,
  step: number,
  count: number,
): Float64Array {
  const n = values.length;
  const cutoff = Math.min(1, 1 / step);
  const reach = LOBES / cutoff;
  const at = (i: number): number => {
    if (i < 0) return 2 * values[0]! - values[Math.min(n - 1, -i)]!;
    if (i >= n) return 2 * values[n - 1]! - values[Math.max(0, 2 * (n - 1) - i)]!;
    return values[i]!;
  };
  const result = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const centre = first + k * step;
    let sum = 0;
    let total = 0;
    for (let i = Math.ceil(centre - reach); i <= Math.floor(centre + reach); i++) {
      const x = i - centre;
      const weight = sinc(x * cutoff) * kaiser(x / reach);
      sum += weight * at(i);
      total += weight;
    }
    result[k] = sum / total;
  }
  return result;
}

function sinc(x: number): number {
  return Math.abs(x) < 1e-12 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Kaiser's window over -1..1, with the modified Bessel function by its series. */
function kaiser(x: number): number {
  return x <= -1 || x >= 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - x * x)) / BESSEL_BETA;
}

const BESSEL_BETA = bessel(KAISER_BETA);

function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
