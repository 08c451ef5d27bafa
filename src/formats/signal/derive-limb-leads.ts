import type { EcgLead } from './ecg-signal.ts';

/**
 * The limb leads that follow from I and II and are not among `leads`: III = II - I (Einthoven), aVR = -(I + II) / 2,
 * aVL = I - II / 2, aVF = II - I / 2 (Goldberger). None without I and II.
 */
export function deriveLimbLeads(leads: readonly EcgLead[]): EcgLead[] {
  const find = (name: string) => leads.find((lead) => lead.name === name)?.millivolts;
  const [one, two] = [find('I'), find('II')];
  if (!one || !two || one.length !== two.length) return [];
  const rules: [string, (i: number, ii: number) => number][] = [
    ['III', (i, ii) => ii - i],
    ['aVR', (i, ii) => -(i + ii) / 2],
    ['aVL', (i, ii) => i - ii / 2],
    ['aVF', (i, ii) => ii - i / 2],
  ];
  return rules
    .filter(([name]) => !find(name))
    .map(([name, rule]) => ({ name, millivolts: one.map((value, k) => rule(value, two[k]!)) }));
}
