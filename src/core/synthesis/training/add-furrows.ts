import type { PageConditions } from '../conditions/page-conditions.ts';
import type { Random } from '../random.ts';
import type { PageKind } from '../random-page/synth-preset.ts';

/** How often pages of a kind are furrowed; others never are. */
const SHARES: Partial<Record<PageKind, number>> = { scan: 0.06, photo: 0.25, damaged: 0.55 };

/** Furrows for some of the pages to learn from: what is dark and long and no trace is easily mistaken for one. */
export function addFurrows(conditions: PageConditions, kind: PageKind, random: Random): PageConditions {
  if (!random.chance(SHARES[kind] ?? 0)) return conditions;
  const count = Math.round(Math.exp(random.uniform(Math.log(4), Math.log(110))));
  return { ...conditions, furrows: { count, depth: random.uniform(0.3, 1) } };
}
