import type { EcgLead, EcgSignal } from './ecg-signal.ts';

/**
 * The leads that have a sample at all: for formats in which a lead without any would be nothing but a name. All leads
 * where none has.
 */
export function seenLeads({ leads }: EcgSignal): readonly EcgLead[] {
  const seen = leads.filter(({ millivolts }) => millivolts.some((value) => value === value));
  return seen.length > 0 ? seen : leads;
}
