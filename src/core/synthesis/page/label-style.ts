import type { LeadName } from '../../../shared/lead-name.ts';

/** How lead names are spelled: aVR; AVR; avr; DI DII DIII; C1..C6 for the chest. */
export type LabelSpelling = 'standard' | 'upper' | 'lower' | 'd-limb' | 'c-chest';

/** How and where lead names are written. */
export interface LabelStyle {
  readonly spelling: LabelSpelling;
  /** Above or below the start of the trace, before it (in the margin or over the end of the lead before), on the line. */
  readonly place: 'above' | 'below' | 'before' | 'on-line';
  /** Distance of the letters' base line from 0 mV, millimetres; chosen from the row's height when null. */
  readonly offsetMm: number | null;
  /** Distance from the start of the trace, millimetres. */
  readonly indentMm: number;
}

/** Spelled aVR, above the start of the trace. */
export const USUAL_LABELS: LabelStyle = {
  spelling: 'standard',
  place: 'above',
  offsetMm: null,
  indentMm: 1.2,
};

/** A lead's name as a page spells it. */
export function spellLead(lead: LeadName, spelling: LabelSpelling): string {
  if (spelling === 'upper') return lead.toUpperCase();
  if (spelling === 'lower' && lead.startsWith('a')) return lead.toLowerCase();
  if (spelling === 'd-limb' && lead.startsWith('I')) return `D${lead}`;
  if (spelling === 'c-chest' && lead.startsWith('V')) return lead.replace('V', 'C');
  return lead;
}
