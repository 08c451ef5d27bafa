/**
 * Reads a sampled signal at the times `startSeconds + k / fs`, k = 0..count-1, by Catmull-Rom cubic interpolation
 * (linear beside gaps). NaN where the source says nothing. When clock and rate already agree samples are copied.
 *
 * @param source samples at `sourceStartSeconds + i / sourceFs`, any unit, NaN allowed
 */
export function resampleToClock(
  source: Float32Array,
  from: { readonly fs: number; readonly startSeconds: number },
  to: { readonly fs: number; readonly startSeconds: number; readonly count: number },
): Float64Array {
  const result = new Float64Array(to.count).fill(NaN);
  const n = source.length;
  const ratio = from.fs / to.fs;
  const origin = (to.startSeconds - from.startSeconds) * from.fs;
  for (let k = 0; k < to.count; k++) {
    const position = origin + k * ratio;
    const nearest = Math.round(position);
    // Decimal time stamps leave rounding dust; a thousandth of a sample is none.
    if (Math.abs(position - nearest) < 1e-3) {
      if (nearest >= 0 && nearest < n) result[k] = source[nearest]!;
      continue;
    }
    const i = Math.floor(position);
    if (i < 0 || i + 1 >= n) continue;
    const t = position - i;
    const p1 = source[i]!;
    const p2 = source[i + 1]!;
    const p0 = i > 0 ? source[i - 1]! : NaN;
    const p3 = i + 2 < n ? source[i + 2]! : NaN;
    result[k] = p0 === p0 && p3 === p3 ? cubic(p0, p1, p2, p3, t) : p1 + (p2 - p1) * t;
  }
  return result;
}

function cubic(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const a = -0.5 * p0 + 1.5 * p1 - 1.5 * p2 + 0.5 * p3;
  const b = p0 - 2.5 * p1 + 2 * p2 - 0.5 * p3;
  const c = 0.5 * (p2 - p0);
  return ((a * t + b) * t + c) * t + p1;
}
