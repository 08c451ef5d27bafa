import type { Random } from '../synthesis/random.ts';

/** Ways to choose the pages that a person corrects next. */
export const STRATEGIES = ['random', 'uncertainty', 'attention'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** What is known of a page that nobody corrected yet. */
export interface OpenPage {
  readonly id: number;
  /** See `traceUncertainty`. */
  readonly uncertainty: number;
  /** See `attentionOf`. */
  readonly attention: number;
}

/** The pages to correct next, the most deserving first; of equals any. */
export function choosePages(
  pages: readonly OpenPage[],
  count: number,
  strategy: Strategy,
  random: Random,
): number[] {
  const keyed = pages.map((page) => ({ page, chance: random.next() }));
  const value = ({ uncertainty, attention }: OpenPage): number =>
    strategy === 'random' ? 0 : strategy === 'uncertainty' ? uncertainty : attention;
  keyed.sort((a, b) => value(b.page) - value(a.page) || b.chance - a.chance);
  return keyed.slice(0, count).map(({ page }) => page.id);
}
