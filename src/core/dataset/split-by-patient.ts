import { createRandom } from '../synthesis/random.ts';

export const SPLIT_NAMES = ['train', 'val', 'test'] as const;
export type SplitName = (typeof SPLIT_NAMES)[number];
export type SplitShares = Readonly<Record<SplitName, number>>;

/** What the splitting needs to know of a page. */
export interface SplitItem {
  /** Pages of one patient are never torn apart. */
  readonly patient: string;
  /** Kind of page that every part should have its share of. */
  readonly stratum: string;
}

/**
 * Deals pages out to training, validation and test, whole patients at a time, every stratum in the same shares as far as
 * whole patients allow. A patient belongs to the stratum that most of their pages are of. Which patients go where depends on
 * the seed and the set of patients alone, not on the order of the pages.
 *
 * @param shares of any sum; a part with share 0 gets nothing
 * @returns the part of each item, in their order
 * @throws RangeError for shares below 0 or all 0
 */
export function splitByPatient(items: readonly SplitItem[], shares: SplitShares, seed: number): SplitName[] {
  const total = SPLIT_NAMES.reduce((sum, name) => sum + shares[name], 0);
  if (!(total > 0) || SPLIT_NAMES.some((name) => !(shares[name] >= 0))) {
    throw new RangeError('splitByPatient: shares must be 0 or more, and not all 0');
  }
  const random = createRandom(seed);
  const patients = new Map<string, string[]>();
  for (const { patient, stratum } of items) {
    patients.set(patient, [...(patients.get(patient) ?? []), stratum]);
  }
  const strata = new Map<string, { patient: string; pages: number; key: number }[]>();
  for (const [patient, kinds] of patients) {
    const stratum = mostFrequent(kinds);
    const others = strata.get(stratum) ?? [];
    strata.set(stratum, [...others, { patient, pages: kinds.length, key: random.fork(patient).next() }]);
  }
  const chosen = new Map<string, SplitName>();
  const given = { train: 0, val: 0, test: 0 };
  let dealt = 0;
  for (const [, members] of [...strata].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const here = { train: 0, val: 0, test: 0 };
    let pages = 0;
    members.sort((a, b) => a.key - b.key || (a.patient < b.patient ? -1 : 1));
    for (const member of members) {
      pages += member.pages;
      dealt += member.pages;
      // What the stratum lacks most; what all strata together lack decides between equals, and for tiny strata.
      const lack = (name: SplitName): number => {
        const share = shares[name] / total;
        return share === 0 ? -Infinity : share * pages - here[name] + (share * dealt - given[name]);
      };
      const name = SPLIT_NAMES.reduce((best, other) => (lack(other) > lack(best) ? other : best));
      chosen.set(member.patient, name);
      here[name] += member.pages;
      given[name] += member.pages;
    }
  }
  return items.map(({ patient }) => chosen.get(patient)!);
}

function mostFrequent(kinds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]![0];
}
