/**
 * Undecimated quadratic-spline wavelet transform (algorithme a trous) of Mallat and Zhong as Martinez et al. (2004,
 * DOI 10.1109/TBME.2003.821031) use it: low-pass 1/8 3/8 3/8 1/8, high-pass 2 -2, both with zeros between their taps.
 * Level k is proportional to the slope of the signal smoothed over about 2^k samples: zero crossings are its peaks,
 * maxima of the modulus its steepest places. Delays are taken out; ends are held.
 *
 * Sample i of every level belongs to half a sample after sample i of the signal.
 *
 * @param values any unit, no NaN
 * @param count levels, scales 2^1 .. 2^count
 */
export function waveletLevels(values: Float64Array, count: number): Float64Array[] {
  const n = values.length;
  const levels: Float64Array[] = [];
  let smooth = values;
  // Index i of `smooth` stands for time i + ahead.
  let ahead = 0;
  for (let level = 0; level < count; level++) {
    const step = 2 ** level;
    const at = (i: number) => smooth[i < 0 ? 0 : i >= n ? n - 1 : i]!;
    const detail = new Float64Array(n);
    const shift = 0.5 + step / 2 - ahead;
    for (let i = 0; i < n; i++) detail[i] = 2 * (at(i + shift) - at(i + shift - step));
    levels.push(detail);
    const next = new Float64Array(n);
    const move = 0.5 + 1.5 * step - ahead;
    for (let i = 0; i < n; i++) {
      const j = i + move;
      next[i] = 0.125 * (at(j) + at(j - 3 * step)) + 0.375 * (at(j - step) + at(j - 2 * step));
    }
    smooth = next;
    ahead = 0.5;
  }
  return levels;
}
