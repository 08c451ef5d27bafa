/**
 * Strongest correlation (of either sign) of two stretches over lags up to `maxLag` samples, and the size of `a` against
 * `b` there. NaN is left out; O(n * maxLag).
 */
export function matchStretches(
  a: Float64Array,
  b: Float64Array,
  maxLag: number,
): { correlation: number; gain: number } {
  let correlation = 0;
  let gain = 1;
  for (let lag = -maxLag; lag <= maxLag; lag++) {
    let aa = 0;
    let bb = 0;
    let ab = 0;
    for (let k = Math.max(0, lag); k < Math.min(a.length, b.length + lag); k++) {
      const x = a[k]!;
      const y = b[k - lag]!;
      if (x !== x || y !== y) continue;
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
    const here = ab / Math.sqrt(aa * bb);
    if (Math.abs(here) > Math.abs(correlation)) {
      correlation = here;
      gain = Math.sqrt(aa / bb);
    }
  }
  return { correlation, gain };
}
