import { rankPages, type OpenPage } from '../../core/learning/rank-pages.ts';
import { createRandom } from '../../core/synthesis/random.ts';
import type { PageSummary } from '../../shared/api/page-record.ts';
import type { Strategy } from '../../shared/learning-strategy.ts';

/** Pages in the order in which correcting them teaches most, and why the first of them stand where they do. */
export interface NextPages {
  readonly ids: number[];
  readonly words: Record<string, string>;
}

const DAY_MS = 86_400_000;
/** Further down nobody reads why. */
const EXPLAINED = 500;

/**
 * Ranks the pages of a list that were read and not decided on by a strategy (`rankPages`); what was not read yet, and then what was
 * decided on, follows in the order of the list. The random part stays as it is until the next decision.
 *
 * @param now milliseconds since 1970
 */
export function nextPages(
  pages: readonly PageSummary[],
  styles: ReadonlyMap<number, readonly number[]>,
  strategy: Strategy,
  now: number,
): NextPages {
  const decided = pages.filter(({ review }) => review.state === 'accepted' || review.state === 'rejected');
  const done = new Set(decided.map(({ id }) => id));
  const open = pages.filter(({ id, attention }) => attention !== null && !done.has(id));
  const ranked = rankPages(
    open.map((page): OpenPage => {
      const { id, confidence, attention, addedAt } = page;
      return {
        id,
        uncertainty: 1 - (confidence ?? 0),
        attention: attention!.score,
        attentionWords: attention!.words,
        style: styles.get(id) ?? null,
        waitedDays: Math.max(0, now - addedAt) / DAY_MS,
      };
    }),
    decided.flatMap(({ id, review }) => {
      const style = review.state === 'accepted' ? styles.get(id) : undefined;
      return style ? [style] : [];
    }),
    strategy,
    createRandom(decided.length),
  );
  const first = new Set(ranked.map(({ id }) => id));
  const waiting = pages.filter(({ id }) => !first.has(id) && !done.has(id));
  return {
    ids: [...ranked, ...waiting, ...decided].map(({ id }) => id),
    words: Object.fromEntries(ranked.slice(0, EXPLAINED).map(({ id, words }) => [id, words])),
  };
}
