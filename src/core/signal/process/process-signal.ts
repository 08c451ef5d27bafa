import { AppError } from '../../../shared/app-error.ts';
import type { LeadSignal } from '../lead-signal.ts';
import { butterworth, notch } from './biquad.ts';
import { filterZeroPhase } from './filter-zero-phase.ts';
import { numberStretches } from './number-stretches.ts';
import { resampleSignal } from './resample-signal.ts';
import { runningMedian } from './running-median.ts';
import type { SignalProcessing } from './signal-processing.ts';

const BASELINE_HZ = 0.5;
const NOTCH_QUALITY = 30;
/** Windows of the two medians: the first takes out QRS and P, the second T. */
const MEDIAN_SECONDS = [0.2, 0.6] as const;

/**
 * Processes one stretch of a lead, in this order: baseline, mains, low-pass, rate. Every filter has zero phase. Gaps
 * stay gaps, and what lies between them is filtered by itself, so nothing leaks across; a lead that was filtered has
 * its level where the filter puts it.
 *
 * Baseline by high-pass: Butterworth of second order at 0.5 Hz, run both ways (-6 dB at the corner). By medians: de
 * Chazal, O'Dwyer and Reilly (2004), DOI 10.1109/TBME.2004.827359. Mains: notch of quality 30, both ways. Low-pass:
 * Butterworth of second order, both ways. Rate: windowed sinc.
 *
 * @throws AppError `usage` for a frequency at or above half the rate
 *
 * @example
 * processSignal(signal, { ...NO_PROCESSING, notchHz: 50 });
 */
export function processSignal(signal: LeadSignal, processing: SignalProcessing): LeadSignal {
  const { fs } = signal;
  for (const [name, hz] of [
    ['mains', processing.notchHz],
    ['low-pass', processing.lowPassHz],
  ] as const) {
    if (hz !== null && !(hz > 0 && hz < fs / 2)) {
      throw new AppError(
        'usage',
        `A ${name} filter at ${hz} Hz needs more than ${2 * hz} samples per second.`,
      );
    }
  }
  const millivolts = Float32Array.from(signal.millivolts);
  for (const { from, to } of numberStretches(millivolts)) {
    millivolts.set(filterStretch(Float64Array.from(millivolts.subarray(from, to)), fs, processing), from);
  }
  const filtered = { ...signal, millivolts };
  return processing.fs === null || processing.fs === fs ? filtered : atRate(filtered, processing.fs);
}

function filterStretch(
  values: Float64Array,
  fs: number,
  { baseline, notchHz, lowPassHz }: SignalProcessing,
): Float64Array {
  let result = values;
  if (baseline === 'high-pass') {
    result = filterZeroPhase(result, butterworth('high', BASELINE_HZ, fs), (3 * fs) / BASELINE_HZ);
  } else if (baseline === 'median') {
    const [first, second] = MEDIAN_SECONDS.map((seconds) => Math.round((seconds * fs) / 2));
    const line = runningMedian(runningMedian(result, first!), second!);
    result = result.map((value, i) => value - line[i]!);
  }
  if (notchHz !== null) {
    result = filterZeroPhase(result, notch(notchHz, NOTCH_QUALITY, fs), (3 * NOTCH_QUALITY * fs) / notchHz);
  }
  if (lowPassHz !== null) {
    result = filterZeroPhase(result, butterworth('low', lowPassHz, fs), (3 * fs) / lowPassHz);
  }
  return result;
}

/** Samples lie on multiples of the new rate; a new sample exists where it lies within a stretch. */
function atRate(signal: LeadSignal, fs: number): LeadSignal {
  const first = Math.round(signal.startSeconds * fs);
  const end = Math.round((signal.startSeconds + signal.millivolts.length / signal.fs) * fs);
  const millivolts = new Float32Array(Math.max(0, end - first)).fill(NaN);
  const confidence = new Float32Array(millivolts.length);
  const step = signal.fs / fs;
  const place = (k: number) => ((first + k) / fs - signal.startSeconds) * signal.fs;
  for (const { from, to } of numberStretches(signal.millivolts)) {
    // Half a sample beyond the ends still belongs to the outermost sample.
    const begin = Math.max(0, Math.ceil((from - 0.5 - place(0)) / step));
    const stop = Math.min(millivolts.length - 1, Math.floor((to - 0.5 - 1e-9 - place(0)) / step));
    if (stop < begin) continue;
    const values = Float64Array.from(signal.millivolts.subarray(from, to));
    millivolts.set(resampleSignal(values, place(begin) - from, step, stop - begin + 1), begin);
    for (let k = begin; k <= stop; k++) {
      const nearest = Math.min(to - 1, Math.max(from, Math.round(place(k))));
      confidence[k] = signal.confidence[nearest]!;
    }
  }
  return { ...signal, fs, startSeconds: first / fs, millivolts, confidence };
}
