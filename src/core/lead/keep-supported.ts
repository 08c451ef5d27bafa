import type { LeadName } from '../../shared/lead-name.ts';

/** A cell with the lead that its layout shows there and the one that labels put there. */
export interface AssignedLead {
  readonly expected: LeadName;
  readonly assigned: LeadName;
  /** Whether a label there surely reads as the assigned lead. */
  readonly isRead: boolean;
}

/**
 * Leads that changed places without a label that reads so go back to where the layout has them, with all that made
 * room for them: pieces of complexes resemble many names a little, and none surely. Returns the lead of every cell.
 */
export function keepSupported(cells: readonly AssignedLead[]): LeadName[] {
  // Cells that exchange leads belong together: each points to the one whose lead it took.
  const group = cells.map((_, k) => k);
  const rootOf = (k: number): number => {
    while (group[k] !== k) k = group[k]!;
    return k;
  };
  cells.forEach(({ assigned }, k) => {
    const owner = cells.findIndex(({ expected }) => expected === assigned);
    if (owner >= 0) group[rootOf(k)] = rootOf(owner);
  });
  const supported = new Set(
    cells.flatMap(({ expected, assigned, isRead }, k) =>
      isRead && assigned !== expected ? [rootOf(k)] : [],
    ),
  );
  return cells.map(({ expected, assigned }, k) => (supported.has(rootOf(k)) ? assigned : expected));
}
