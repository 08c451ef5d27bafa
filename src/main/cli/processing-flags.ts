import type { SignalProcessing } from '../../core/signal/process/signal-processing.ts';
import { AppError } from '../../shared/app-error.ts';
import { numberFlag } from './parse-flags.ts';

/** Flags on what is done to signals, for `parseFlags`. */
export const PROCESSING_FLAGS = {
  baseline: { type: 'string' },
  notch: { type: 'string' },
  'low-pass': { type: 'string' },
} as const;

/**
 * What the flags ask to be done to signals; null for nothing.
 *
 * @param fs samples per second of the results
 * @throws AppError `usage`
 */
export function processingFlags(
  values: { readonly baseline?: string; readonly notch?: string; readonly 'low-pass'?: string },
  fs: number,
): SignalProcessing | null {
  const { baseline } = values;
  if (baseline !== undefined && baseline !== 'high-pass' && baseline !== 'median') {
    throw new AppError('usage', `--baseline takes high-pass or median, not "${baseline}".`);
  }
  const notchHz = numberFlag('notch', values.notch, { min: 10, max: 200 });
  const lowPassHz = numberFlag('low-pass', values['low-pass'], { min: 5, max: 500 });
  for (const [flag, hz] of [
    ['notch', notchHz],
    ['low-pass', lowPassHz],
  ] as const) {
    if (hz !== null && hz >= fs / 2) {
      throw new AppError('usage', `--${flag} ${hz} needs more than ${2 * hz} samples per second (--fs).`);
    }
  }
  if (baseline === undefined && notchHz === null && lowPassHz === null) return null;
  return { baseline: baseline ?? null, notchHz, lowPassHz, fs: null };
}
