import type { LeadName } from '../../shared/lead-name.ts';
import { measureLaw, type LimbLaw } from './limb-laws.ts';

/** What, put right, would make the limb leads fit: a lead upside down, two swapped, or one at another gain. */
export interface LimbFault {
  readonly kind: 'inverted' | 'swapped' | 'gain';
  readonly leads: readonly LeadName[];
  /** For `gain`: the lead is drawn this many times too large. */
  readonly factor: number | null;
  /** Mean residual of the laws once it is put right. */
  readonly residual: number;
}

/** A repair must bring the residual below this share of what it was to count as an explanation. */
const CONVINCING_SHARE = 0.45;
/** Gains nearer to 1 than this are tracing noise, not another scale. */
const SMALLEST_GAIN = 1.3;
const LARGEST_GAIN = 5;

/**
 * Tries every single fault on leads that break the laws and returns those that explain the breach, best first. Three
 * leads alone cannot tell all faults apart (I and II swapped looks like III upside down), hence a list.
 */
export function explainLimbLeads(
  laws: readonly LimbLaw[],
  stretches: ReadonlyMap<LeadName, Float64Array>,
): LimbFault[] {
  const residualOf = (trial: ReadonlyMap<LeadName, Float64Array>) =>
    laws.reduce((sum, law) => sum + measureLaw(law, trial).residual, 0) / laws.length;
  const before = residualOf(stretches);
  const leads = [...stretches.keys()];
  const faults: LimbFault[] = [];
  leads.forEach((lead, k) => {
    const signal = stretches.get(lead)!;
    const inverted = new Map(stretches).set(
      lead,
      signal.map((value) => -value),
    );
    faults.push({ kind: 'inverted', leads: [lead], factor: null, residual: residualOf(inverted) });
    const factor = gainFactor(lead, laws, stretches);
    if (factor !== null) {
      const rescaled = new Map(stretches).set(
        lead,
        signal.map((value) => value / factor),
      );
      faults.push({ kind: 'gain', leads: [lead], factor, residual: residualOf(rescaled) });
    }
    for (const other of leads.slice(k + 1)) {
      const swapped = new Map(stretches).set(lead, stretches.get(other)!).set(other, signal);
      faults.push({ kind: 'swapped', leads: [lead, other], factor: null, residual: residualOf(swapped) });
    }
  });
  const convincing = faults
    .filter((fault) => fault.residual < CONVINCING_SHARE * before)
    .sort((a, b) => a.residual - b.residual);
  const best = convincing[0]?.residual ?? 0;
  return convincing.filter((fault) => fault.residual <= 1.25 * best + 0.02);
}

/** By how much a lead would have to be too large for the laws to hold best, least squares; null when about right. */
function gainFactor(
  lead: LeadName,
  laws: readonly LimbLaw[],
  stretches: ReadonlyMap<LeadName, Float64Array>,
): number | null {
  let own = 0;
  let cross = 0;
  for (const { terms } of laws) {
    const weight = terms.find(([name]) => name === lead)?.[1];
    if (weight === undefined) continue;
    const signal = stretches.get(lead)!;
    const others = terms.filter(([name]) => name !== lead);
    for (let k = 0; k < signal.length; k++) {
      let rest = 0;
      for (const [name, factor] of others) rest += factor * stretches.get(name)![k]!;
      const value = weight * signal[k]!;
      if (rest !== rest || value !== value) continue;
      own += value * value;
      cross -= value * rest;
    }
  }
  const factor = own / cross;
  if (!(factor > 1 / LARGEST_GAIN && factor < LARGEST_GAIN)) return null;
  return factor > SMALLEST_GAIN || factor < 1 / SMALLEST_GAIN ? factor : null;
}
