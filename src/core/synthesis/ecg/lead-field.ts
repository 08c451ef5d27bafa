import { LEAD_NAMES, type LeadName } from '../../../shared/lead-name.ts';
import type { Dipole } from './ecg-parameters.ts';

/** The ten electrodes less the ground, in the order of `electrodePotentials`. */
export const ELECTRODES = ['RA', 'LA', 'LL', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const;

/**
 * Sensitivity of each electrode to the dipole. The limb electrodes form Einthoven's triangle, a little tilted and
 * uneven as in people; the chest electrodes sweep from the right front to the left side and lie closer to the heart.
 */
const LEAD_FIELD: readonly Dipole[] = [
  [-0.5, -0.31, 0.03],
  [0.5, -0.27, -0.02],
  [0.02, 0.58, 0.01],
  [-0.42, -0.05, 0.95],
  [0.08, 0.05, 1.42],
  [0.55, 0.12, 1.32],
  [1.12, 0.25, 0.9],
  [1.25, 0.22, 0.38],
  [1.08, 0.18, -0.02],
];

/** Potential of electrode `index` for a dipole, millivolts. */
export function electrodePotential(index: number, x: number, y: number, z: number): number {
  const field = LEAD_FIELD[index]!;
  return field[0] * x + field[1] * y + field[2] * z;
}

/**
 * The twelve standard leads from electrode potentials: limb leads as differences, augmented leads against the mean of
 * the other two, chest leads against Wilson's terminal. Einthoven's (I + III = II) and Goldberger's
 * (aVR + aVL + aVF = 0) relations hold to rounding, whatever noise the electrodes carry.
 *
 * @param electrodes nine arrays of equal length in the order of `ELECTRODES`, millivolts
 */
export function deriveLeads(electrodes: readonly Float32Array[]): Map<LeadName, Float32Array> {
  const [ra, la, ll] = [electrodes[0]!, electrodes[1]!, electrodes[2]!];
  const n = ra.length;
  const leads = new Map<LeadName, Float32Array>(LEAD_NAMES.map((name) => [name, new Float32Array(n)]));
  const column = (name: LeadName) => leads.get(name)!;
  const [i1, i2, i3] = [column('I'), column('II'), column('III')];
  const [avr, avl, avf] = [column('aVR'), column('aVL'), column('aVF')];
  const chest = [column('V1'), column('V2'), column('V3'), column('V4'), column('V5'), column('V6')];
  for (let k = 0; k < n; k++) {
    const r = ra[k]!;
    const l = la[k]!;
    const f = ll[k]!;
    i1[k] = l - r;
    i2[k] = f - r;
    i3[k] = f - l;
    avr[k] = r - (l + f) / 2;
    avl[k] = l - (r + f) / 2;
    avf[k] = f - (r + l) / 2;
    const wilson = (r + l + f) / 3;
    for (let v = 0; v < 6; v++) chest[v]![k] = electrodes[3 + v]![k]! - wilson;
  }
  return leads;
}
