/** The twelve standard leads in the order in which every table, file and view of Tracewright lists them. */
export const LEAD_NAMES = [
  'I',
  'II',
  'III',
  'aVR',
  'aVL',
  'aVF',
  'V1',
  'V2',
  'V3',
  'V4',
  'V5',
  'V6',
] as const;

/** Name of a standard lead. */
export type LeadName = (typeof LEAD_NAMES)[number];

/** Whether `text` is exactly a standard lead name (case matters: `aVR`, not `AVR`). */
export function isLeadName(text: string): text is LeadName {
  return (LEAD_NAMES as readonly string[]).includes(text);
}
