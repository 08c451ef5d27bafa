import type { Layout } from '../../../core/lead/layout.ts';
import { LEAD_NAMES, type LeadName } from '../../../shared/lead-name.ts';

/** The first name that no lead of the page bears; II where all are borne, as of a rhythm strip. */
export function nextLeadName({ cells }: Layout): LeadName {
  const borne = new Set(cells.map(({ lead }) => lead));
  return LEAD_NAMES.find((name) => !borne.has(name)) ?? 'II';
}
