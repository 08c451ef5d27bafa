import { createRandom } from '../synthesis/random.ts';
import { TRAINING_PARTS, type TrainingPart } from './training-part.ts';

/** A page to be put into a part of a training set. */
export interface SplitPage {
  readonly id: number;
  /** Patient or source folder; pages of one group always share a part. */
  readonly group: string;
  /** Digest of the scan; copies of one scan always share a part, whatever their groups. */
  readonly content: string;
  /** The part it had in earlier sets of the project, null for a new page. */
  readonly before: TrainingPart | null;
}

export interface SplitOptions {
  readonly seed: number;
  /** Shares of the pages for `validation` and `locked`; the rest is trained on. */
  readonly validation?: number;
  readonly locked?: number;
}

/** What wins where pages that belong together had different parts before: what was locked stays so. */
const STRENGTH: readonly TrainingPart[] = ['locked', 'validation', 'train'];
/** The order in which parts without any page get one. */
const FIRST: readonly TrainingPart[] = ['train', 'locked', 'validation'];

/**
 * Divides pages into parts so that nothing leaks: pages that share a group or a scan, directly or through others, end up
 * together. What had a part keeps it, so a page that once proved a model is never trained on; new groups go, in random
 * order, where most is missing. The same pages, parts of earlier and seed give the same division.
 */
export function splitPages(
  pages: readonly SplitPage[],
  { seed, validation = 0.15, locked = 0.2 }: SplitOptions,
): Map<number, TrainingPart> {
  const wanted = { train: 1 - validation - locked, validation, locked };
  const counts = { train: 0, validation: 0, locked: 0 };
  const parts = new Map<number, TrainingPart>();
  const put = (members: readonly SplitPage[], part: TrainingPart): void => {
    for (const { id } of members) parts.set(id, part);
    counts[part] += members.length;
  };
  const fresh: { readonly members: readonly SplitPage[]; readonly place: number }[] = [];
  for (const members of together(pages)) {
    const before = STRENGTH.find((part) => members.some((page) => page.before === part));
    if (before) put(members, before);
    else {
      const name = members.map(({ group }) => group).sort()[0]!;
      fresh.push({ members, place: createRandom(seed).fork(name).next() });
    }
  }
  for (const { members } of fresh.sort((a, b) => a.place - b.place)) {
    const missing = (part: TrainingPart): number => wanted[part] * pages.length - counts[part];
    const most = TRAINING_PARTS.reduce((best, part) => (missing(part) > missing(best) ? part : best));
    put(members, FIRST.find((part) => counts[part] === 0 && wanted[part] > 0) ?? most);
  }
  return parts;
}

/** Sets of pages that are tied by groups or scans. */
function together(pages: readonly SplitPage[]): SplitPage[][] {
  const parent = pages.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root]!;
    for (let at = index; at !== root;) [parent[at], at] = [root, parent[at]!];
    return root;
  };
  const firstWith = new Map<string, number>();
  for (const [index, { group, content }] of pages.entries()) {
    for (const key of [`group ${group}`, `content ${content}`]) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, index);
      else parent[rootOf(index)] = rootOf(first);
    }
  }
  const sets = new Map<number, SplitPage[]>();
  for (const [index, page] of pages.entries()) {
    const root = rootOf(index);
    sets.set(root, [...(sets.get(root) ?? []), page]);
  }
  return [...sets.values()];
}
