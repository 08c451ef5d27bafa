import type { LeadTable } from '../../metrics/lead-table.ts';
import type { LeadSignal } from '../lead-signal.ts';
import { correctLag, type LagCorrection } from './correct-lag.ts';
import { processSignal } from './process-signal.ts';
import type { SignalProcessing } from './signal-processing.ts';

/** Signals after processing, and how each was moved in time. */
export interface ProcessedSignals {
  readonly signals: readonly LeadSignal[];
  /** One entry per stretch, in their order; empty without a reference. */
  readonly lags: readonly LagCorrection[];
}

/**
 * Processes all stretches of a page: lag against a reference first (it looks at the signal as printed), then
 * `processSignal`.
 *
 * @param reference known signals on the page's clock; null: nothing is moved
 */
export function processSignals(
  signals: readonly LeadSignal[],
  processing: SignalProcessing,
  reference: LeadTable | null,
): ProcessedSignals {
  const lags: LagCorrection[] = [];
  const processed = signals.map((signal) => {
    let placed = signal;
    if (reference) {
      const corrected = correctLag(signal, reference);
      lags.push(corrected.correction);
      placed = corrected.signal;
    }
    return processSignal(placed, processing);
  });
  return { signals: processed, lags };
}
