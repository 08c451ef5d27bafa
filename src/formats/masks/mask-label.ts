import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';

/** The numbers of label maps: 1 to 12 are the leads in the standard order, 13 is any rhythm strip, 0 is the ground. */
export const RHYTHM_LABEL = LEAD_NAMES.length + 1;
/** Names of the labels 1 to 13. */
export const LABEL_NAMES: readonly string[] = [...LEAD_NAMES, 'rhythm'];

/** A lead as label maps tell it: a rhythm strip loses the name of its lead. */
export interface LabelledLead {
  readonly lead: LeadName;
  readonly role: 'lead' | 'rhythm';
}

/** Label of a stretch, 1 to 13. */
export function labelOf({ lead, role }: LabelledLead): number {
  return role === 'rhythm' ? RHYTHM_LABEL : LEAD_NAMES.indexOf(lead) + 1;
}

/** Name of a stretch by itself, `II` or `II rhythm`: what categories and files are named after. */
export function stretchName({ lead, role }: LabelledLead): string {
  return role === 'rhythm' ? `${lead} rhythm` : lead;
}

/**
 * What a name of somebody's choice stands for, whatever its case and punctuation: `avr`, `Lead_V1`, `II-rhythm`, `rhythm`,
 * `long II`. A rhythm strip without a name has a null lead. Null for a name that stands for no lead.
 */
export function readStretchName(
  name: string,
): { readonly lead: LeadName | null; readonly role: 'lead' | 'rhythm' } | null {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const isRhythm = words.some((word) => word === 'rhythm' || word === 'long' || word === 'strip');
  const lead = LEAD_NAMES.find((known) => words.includes(known.toLowerCase())) ?? null;
  if (isRhythm) return { lead, role: 'rhythm' };
  return lead === null ? null : { lead, role: 'lead' };
}
