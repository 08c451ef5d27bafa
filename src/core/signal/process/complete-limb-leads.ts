import type { LeadName } from '../../../shared/lead-name.ts';
import type { LeadTable } from '../../metrics/lead-table.ts';

/** Each limb lead as so much of I and so much of II (Einthoven 1912; Goldberger 1942). */
const LIMB_LEADS: readonly (readonly [lead: LeadName, ofI: number, ofII: number])[] = [
  ['I', 1, 0],
  ['II', 0, 1],
  ['III', -1, 1],
  ['aVR', -0.5, -0.5],
  ['aVL', 1, -0.5],
  ['aVF', -0.5, 1],
];

/**
 * Fills in limb leads where they are not printed and two others are at the same moment: the six have two dimensions, so that
 * any two give the rest, more than two by least squares. Samples that are there stay as they are, chest leads are never made
 * up, and where fewer than two limb leads are printed everything stays NaN.
 *
 * @returns a new table; leads that gain nothing are the same arrays
 */
export function completeLimbLeads(table: LeadTable): LeadTable {
  const rows = [...table.leads.values()].reduce((most, { length }) => Math.max(most, length), 0);
  const known = LIMB_LEADS.map(([lead]) => table.leads.get(lead));
  const filled = LIMB_LEADS.map((): Float32Array | null => null);
  for (let row = 0; row < rows; row++) {
    // Normal equations of the known leads for I and II.
    let [ii, ij, jj, bi, bj, n] = [0, 0, 0, 0, 0, 0];
    for (const [k, [, a, b]] of LIMB_LEADS.entries()) {
      const value = known[k]?.[row] ?? NaN;
      if (Number.isNaN(value)) continue;
      [ii, ij, jj, bi, bj, n] = [ii + a * a, ij + a * b, jj + b * b, bi + a * value, bj + b * value, n + 1];
    }
    if (n < 2 || n === LIMB_LEADS.length) continue;
    const determinant = ii * jj - ij * ij;
    const leadI = (bi * jj - bj * ij) / determinant;
    const leadII = (bj * ii - bi * ij) / determinant;
    for (const [k, [, a, b]] of LIMB_LEADS.entries()) {
      if (!Number.isNaN(known[k]?.[row] ?? NaN)) continue;
      const column = (filled[k] ??= padded(known[k], rows));
      column[row] = a * leadI + b * leadII;
    }
  }
  const leads = new Map(table.leads);
  LIMB_LEADS.forEach(([lead], k) => {
    const column = filled[k];
    if (column) leads.set(lead, column);
  });
  return { ...table, leads };
}

function padded(column: Float32Array | undefined, rows: number): Float32Array {
  const result = new Float32Array(rows).fill(NaN);
  if (column) result.set(column);
  return result;
}
