import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';

/** Numbers of the leads in ISO/IEEE 11073-10102 and SCP-ECG (EN 1064), which agree. */
const NUMBERS: Readonly<Record<LeadName, number>> = {
  I: 1,
  II: 2,
  V1: 3,
  V2: 4,
  V3: 5,
  V4: 6,
  V5: 7,
  V6: 8,
  III: 61,
  aVR: 62,
  aVL: 63,
  aVF: 64,
};

/** The lead's number, null for what is none of the twelve. */
export function mdcLeadNumber(name: string): number | null {
  return NUMBERS[name as LeadName] ?? null;
}

/** The lead of a number, null for others. */
export function leadOfMdcNumber(number: number): LeadName | null {
  return LEAD_NAMES.find((name) => NUMBERS[name] === number) ?? null;
}
