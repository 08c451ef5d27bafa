import type { Digitization } from '../digitization.ts';
import type { SignalView } from '../../shared/api/signal-bytes.ts';

/** Signals of a page for the signal panel, in the order of the layout's cells. */
export function signalViews({ signals }: Digitization): SignalView[] {
  return signals.map(({ cellId, lead, role, startSeconds, fs, millivolts, confidence }) => {
    return { cellId, lead, role, startSeconds, fs, millivolts, confidence };
  });
}
