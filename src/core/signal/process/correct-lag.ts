import type { LeadTable } from '../../metrics/lead-table.ts';
import { resampleToClock } from '../../metrics/resample-to-clock.ts';
import type { LeadSignal } from '../lead-signal.ts';
import { numberStretches } from './number-stretches.ts';
import { resampleSignal } from './resample-signal.ts';

/** How a stretch was moved to lie on its reference. */
export interface LagCorrection {
  readonly cellId: string;
  /** Seconds by which the stretch came late, taken back; 0 where it was left alone. */
  readonly lagSeconds: number;
  /** Correlation with the reference at that lag, -1..1; null where the reference has no such lead there. */
  readonly correlation: number | null;
}

export const MAX_REFERENCE_LAG_SECONDS = 0.2;
/** Stretches that look less like their reference than this stay where they are. */
const LEAST_CORRELATION = 0.7;
const LEAST_SAMPLES = 50;

/**
 * Moves a digitized stretch in time onto a known signal of the same lead: by the lag within +-0.2 s at which the two
 * correlate best, to a fraction of a sample by a parabola. Only time is corrected; height and level stay as printed.
 *
 * @param reference signals on the page's clock
 */
export function correctLag(
  signal: LeadSignal,
  reference: LeadTable,
): { readonly signal: LeadSignal; readonly correction: LagCorrection } {
  const { fs, cellId, millivolts, startSeconds } = signal;
  const known = reference.leads.get(signal.lead);
  const left = (correlation: number | null) => ({
    signal,
    correction: { cellId, lagSeconds: 0, correlation },
  });
  if (!known) return left(null);
  const clock = { fs, startSeconds, count: millivolts.length };
  const target = resampleToClock(known, reference, clock);
  const reach = Math.round(MAX_REFERENCE_LAG_SECONDS * fs);
  const correlations = new Float64Array(2 * reach + 1);
  for (let lag = -reach; lag <= reach; lag++) {
    correlations[lag + reach] = correlationAt(target, millivolts, lag);
  }
  let best = 0;
  for (let k = 1; k < correlations.length; k++) if (correlations[k]! > correlations[best]!) best = k;
  const correlation = correlations[best]!;
  if (correlation === -Infinity) return left(null);
  if (correlation < LEAST_CORRELATION) return left(correlation);
  const lag = best - reach + parabolaPeak(correlations, best);
  if (Math.abs(lag) < 1e-6) return left(correlation);
  return {
    signal: { ...signal, millivolts: moved(millivolts, lag) },
    correction: { cellId, lagSeconds: lag / fs, correlation },
  };
}

/** Pearson correlation of the reference with the signal read `lag` samples later. */
function correlationAt(target: Float64Array, values: Float32Array, lag: number): number {
  let n = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  const end = Math.min(target.length, values.length - lag);
  for (let i = Math.max(0, -lag); i < end; i++) {
    const x = target[i]!;
    const y = values[i + lag]!;
    if (x !== x || y !== y) continue;
    n++;
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  }
  const scale = Math.sqrt((sxx - (sx * sx) / n) * (syy - (sy * sy) / n));
  return n < LEAST_SAMPLES || !(scale > 0) ? -Infinity : (sxy - (sx * sy) / n) / scale;
}

function parabolaPeak(values: Float64Array, at: number): number {
  const a = values[at - 1];
  const b = values[at]!;
  const c = values[at + 1];
  if (a === undefined || c === undefined || a === -Infinity || c === -Infinity) return 0;
  const bend = a - 2 * b + c;
  return bend < 0 ? (0.5 * (a - c)) / bend : 0;
}

/** The signal `lag` samples earlier; ends that nothing was read for are gaps. */
function moved(values: Float32Array, lag: number): Float32Array {
  const result = new Float32Array(values.length).fill(NaN);
  for (const { from, to } of numberStretches(values)) {
    const begin = Math.max(0, Math.ceil(from - lag - 1e-9));
    const stop = Math.min(values.length - 1, Math.floor(to - 1 - lag + 1e-9));
    if (stop < begin) continue;
    const stretch = Float64Array.from(values.subarray(from, to));
    result.set(resampleSignal(stretch, begin + lag - from, 1, stop - begin + 1), begin);
  }
  return result;
}
