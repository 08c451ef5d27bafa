import type { LeadSignal } from '../signal/lead-signal.ts';

/** A piece of page time, seconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The page time from a signal's first to its last known sample, or null when it knows nothing. */
export function knownSpan(signal: LeadSignal): Span | null {
  const { millivolts, fs, startSeconds } = signal;
  let first = 0;
  while (first < millivolts.length && Number.isNaN(millivolts[first]!)) first++;
  let end = millivolts.length;
  while (end > first && Number.isNaN(millivolts[end - 1]!)) end--;
  return end > first ? { start: startSeconds + first / fs, end: startSeconds + end / fs } : null;
}

/** The page time common to all spans, or null. */
export function commonSpan(spans: readonly (Span | null)[]): Span | null {
  let start = -Infinity;
  let end = Infinity;
  for (const span of spans) {
    if (!span) return null;
    start = Math.max(start, span.start);
    end = Math.min(end, span.end);
  }
  return end > start ? { start, end } : null;
}

/**
 * Samples of a signal over a span, smoothed over `smoothSeconds` (so that a few milliseconds of skew between leads do
 * not count) and freed of their median. NaN where the signal is unknown.
 */
export function cutStretch(signal: LeadSignal, span: Span, smoothSeconds: number): Float64Array {
  const { millivolts, fs, startSeconds } = signal;
  const first = Math.round((span.start - startSeconds) * fs);
  const count = Math.floor((span.end - span.start) * fs);
  const half = Math.floor((smoothSeconds * fs) / 2);
  const result = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    let sum = 0;
    let known = 0;
    for (let i = Math.max(0, first + k - half); i <= Math.min(millivolts.length - 1, first + k + half); i++) {
      const value = millivolts[i]!;
      if (value === value) {
        sum += value;
        known++;
      }
    }
    const own = millivolts[first + k];
    result[k] = own === own && own !== undefined ? sum / known : NaN;
  }
  const middle = quantile(result, 0.5);
  for (let k = 0; k < result.length; k++) result[k]! -= middle;
  return result;
}

/** Quantile of the known values, q in 0..1; NaN when there are none. */
export function quantile(values: Float64Array | Float32Array, q: number): number {
  const known = new Float64Array(values.length);
  let count = 0;
  for (let k = 0; k < values.length; k++) if (values[k]! === values[k]!) known[count++] = values[k]!;
  return count > 0 ? known.subarray(0, count).sort()[Math.round(q * (count - 1))]! : NaN;
}
