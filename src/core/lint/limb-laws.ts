import type { LeadName } from '../../shared/lead-name.ts';

/** A linear relation between leads recorded at the same time: the weighted sum of the leads is zero. */
export interface LimbLaw {
  /** As people write it. */
  readonly text: string;
  readonly terms: readonly (readonly [LeadName, number])[];
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
  },
];

/**
 * How badly a law is broken: rms of the weighted sum over the rms it would have if the leads were unrelated. 0 = holds
 * exactly, about 1 = the leads have nothing to do with each other. NaN samples are left out; NaN without samples.
 */
export function lawResidual(law: LimbLaw, stretches: ReadonlyMap<LeadName, Float64Array>): number {
  const columns = law.terms.map(([lead]) => stretches.get(lead)!);
  const n = Math.min(...columns.map((column) => column.length));
  let residual = 0;
  let scale = 0;
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
  }
  return scale > 0 ? Math.sqrt(residual / scale) : NaN;
}
