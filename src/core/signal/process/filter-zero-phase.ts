import type { Biquad } from './biquad.ts';

/**
 * Runs a section forward and backward, so that nothing is moved in time and the gain is squared. The ends are extended
 * by the signal turned about its end points, and the section starts in the steady state of its first value, as
 * `scipy.signal.filtfilt` does.
 *
 * @param values no NaN, at least one
 * @param padding samples of extension, cut to one less than there are values
 */
export function filterZeroPhase(values: Float64Array, section: Biquad, padding: number): Float64Array {
  const n = values.length;
  const pad = Math.max(0, Math.min(n - 1, Math.round(padding)));
  const extended = new Float64Array(n + 2 * pad);
  extended.set(values, pad);
  for (let k = 1; k <= pad; k++) {
    extended[pad - k] = 2 * values[0]! - values[k]!;
    extended[pad + n - 1 + k] = 2 * values[n - 1]! - values[n - 1 - k]!;
  }
  run(extended, section);
  extended.reverse();
  run(extended, section);
  extended.reverse();
  return extended.slice(pad, pad + n);
}

/** In place, transposed direct form II. */
function run(values: Float64Array, { b0, b1, b2, a1, a2 }: Biquad): void {
  const gain = (b0 + b1 + b2) / (1 + a1 + a2);
  let z1 = (gain - b0) * values[0]!;
  let z2 = (b2 - a2 * gain) * values[0]!;
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    const y = b0 * x + z1;
    z1 = b1 * x - a1 * y + z2;
    z2 = b2 * x - a2 * y;
    values[i] = y;
  }
}
