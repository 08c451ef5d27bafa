import { LEAD_NAMES } from '../../shared/lead-name.ts';

const KNOWN = new Map<string, string>(LEAD_NAMES.map((name) => [name.toUpperCase(), name]));
for (const [alias, name] of [
  ['1', 'I'],
  ['2', 'II'],
  ['3', 'III'],
  ['L1', 'I'],
  ['L2', 'II'],
  ['L3', 'III'],
  ['DI', 'I'],
  ['DII', 'II'],
  ['DIII', 'III'],
  ['R', 'aVR'],
  ['L', 'aVL'],
  ['F', 'aVF'],
  ['C1', 'V1'],
  ['C2', 'V2'],
  ['C3', 'V3'],
  ['C4', 'V4'],
  ['C5', 'V5'],
  ['C6', 'V6'],
] as const) {
  KNOWN.set(alias, name);
}

/**
 * The standard name of a lead however a file spells it (`ECG aVR`, `Lead II`, `MDC_ECG_LEAD_AVF`, `v1`, `D2`), or the
 * file's own name, trimmed, where it is none of the twelve.
 *
 * @example
 * leadLabel('EKG AVR'); // aVR
 * leadLabel('MLII'); // MLII
 */
export function leadLabel(text: string): string {
  const own = text.trim();
  const bare = own
    .toUpperCase()
    .replace(/^MDC_ECG_LEAD_/, '')
    .replace(/^(ECG|EKG)[\s_:-]*/, '')
    .replace(/^(LEAD|ABLEITUNG)[\s_:-]*/, '')
    .replace(/[\s_-]+/g, '')
    .replace(/^D(?=[123]$)/, 'L');
  // A lone digit or limb letter is a lead only behind a word that says so.
  if (/^[123RLF]$/.test(bare) && !/^\s*(ECG|EKG|LEAD|MDC)/i.test(own)) return own;
  return KNOWN.get(bare) ?? own;
}
