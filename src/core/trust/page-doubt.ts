import type { LeadSignal } from '../signal/lead-signal.ts';
import { ascending } from '../../shared/ascending.ts';

/** Leads whose trust counts. */
const WEAKEST = 3;

/**
 * How likely a page is worse than others of its kind, 0..1: one less the mean trust of its three least trusted leads. A page is as
 * good as its weakest leads: over the folders of the reference pages this tells pages below their folder's median SNR better (AUROC
 * 0.79) than the mean of all leads (0.77) or the weakest alone (0.77).
 *
 * @param confidence trust in the page as a whole, for signals that were not judged
 */
export function pageDoubt(signals: readonly Pick<LeadSignal, 'trust'>[], confidence: number): number {
  const weakest = signals
    .map(({ trust = confidence }) => trust)
    .sort(ascending)
    .slice(0, WEAKEST);
  if (weakest.length === 0) return 1 - confidence;
  return 1 - weakest.reduce((sum, trust) => sum + trust, 0) / weakest.length;
}
