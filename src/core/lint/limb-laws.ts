import type { LeadName } from '../../shared/lead-name.ts';

/** A linear relation between leads recorded at the same time: the weighted sum of the leads is zero. */
export interface LimbLaw {
  /** As people write it. */
  readonly text: string;
  readonly terms: readonly (readonly [LeadName, number])[];
  /** Joins cells of one column with a rhythm strip, which some machines record at another time. */
  readonly acrossStrip?: boolean;
}

/**
 * The laws of the limb leads. Einthoven's and Goldberger's come first; the others follow from them and serve where
 * not all six leads are printed at once (the last one beside a rhythm strip of lead II).
 */
export const LIMB_LAWS: readonly LimbLaw[] = [
  {
    text: 'I + III = II',
    terms: [
      ['I', 1],
      ['III', 1],
      ['II', -1],
    ],
  },
  {
    text: 'aVR + aVL + aVF = 0',
    terms: [
      ['aVR', 1],
      ['aVL', 1],
      ['aVF', 1],
    ],
  },
  {
    text: 'aVR = -(I + II) / 2',
    terms: [
      ['aVR', 2],
      ['I', 1],
      ['II', 1],
    ],
  },
  {
    text: 'aVL = (I - III) / 2',
    terms: [
      ['aVL', 2],
      ['I', -1],
      ['III', 1],
    ],
  },
  {
    text: 'aVF = (II + III) / 2',
    terms: [
      ['aVF', 2],
      ['II', -1],
      ['III', -1],
    ],
  },
  {
    text: 'aVF - aVR = 1.5 II',
    terms: [
      ['aVF', 1],
      ['aVR', -1],
      ['II', -1.5],
    ],
    acrossStrip: true,
  },
];

/** The leads of the limbs. */
export const LIMB_LEADS: ReadonlySet<LeadName> = new Set<LeadName>(['I', 'II', 'III', 'aVR', 'aVL', 'aVF']);

/** How badly a law is broken. */
export interface LawBreach {
  /** Rms of the weighted sum over the rms it would have were the leads unrelated: 0 = holds, about 1 = unrelated. */
  readonly residual: number;
  /** Rms of the weighted sum, millivolts. */
  readonly millivolts: number;
}

/** Measures a law over stretches of equal clock; NaN samples are left out, the result is NaN without samples. */
export function measureLaw(law: LimbLaw, stretches: ReadonlyMap<LeadName, Float64Array>): LawBreach {
  const columns = law.terms.map(([lead]) => stretches.get(lead)!);
  const n = Math.min(...columns.map((column) => column.length));
  let residual = 0;
  let scale = 0;
  let count = 0;
  for (let k = 0; k < n; k++) {
    let sum = 0;
    let squares = 0;
    for (let t = 0; t < columns.length; t++) {
      const value = law.terms[t]![1] * columns[t]![k]!;
      sum += value;
      squares += value * value;
    }
    if (sum !== sum) continue;
    residual += sum * sum;
    scale += squares;
    count++;
  }
  return {
    residual: scale > 0 ? Math.sqrt(residual / scale) : NaN,
    millivolts: Math.sqrt(residual / count),
  };
}
