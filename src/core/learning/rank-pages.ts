import type { Strategy } from '../../shared/learning-strategy.ts';
import { styleDistance } from '../explore/picture-style.ts';
import type { Random } from '../synthesis/random.ts';

/** What is known of a page that nobody decided on yet. */
export interface OpenPage {
  readonly id: number;
  /** How likely its reading is wrong, 0..1: one less its trust. */
  readonly uncertainty: number;
  /** See `attentionOf`: what the reading itself speaks against it. */
  readonly attention: number;
  readonly attentionWords?: string;
  /** See `pictureStyle`; null where nobody looked at the picture. */
  readonly style?: ArrayLike<number> | null;
  /** Since it came, days. */
  readonly waitedDays?: number;
}

/** A page in its place, and why it stands there. */
export interface RankedPage {
  readonly id: number;
  readonly score: number;
  readonly words: string;
}

/** What counts how much in the combined rank. */
const WEIGHTS = { uncertainty: 0.55, attention: 0.2, novelty: 0.2, age: 0.05 } as const;
/** Of the combined rank every so manieth page is drawn at random: it tells what the rest of the rank overlooks. */
const AUDIT_EVERY = 10;
/** Distance from which a style is new altogether, and days after which a page has waited long. */
const NEW_STYLE = 1;
const LONG_DAYS = 30;
/** Pages up to which each pick counts as seen by those that follow; behind them nobody gets in one sitting. */
const GREEDY = 100;
/** Parts of the score worth telling. */
const WORTH_TELLING = 0.08;

/**
 * Orders open pages by what correcting them teaches, the most deserving first, and says why in words. `combined` adds up how
 * likely the reading is wrong, what is wrong about it (physiology, lost leads), how unlike corrected pages and those ahead of it the
 * page looks, and how long it waits; every tenth page is drawn at random. The other strategies go by one of these alone. Equals
 * stand in random order. 20 ms for 1,000 pages.
 *
 * @param corrected - styles of the pages that people have accepted
 */
export function rankPages(
  pages: readonly OpenPage[],
  corrected: readonly ArrayLike<number>[],
  strategy: Strategy,
  random: Random,
): RankedPage[] {
  const open = pages.map((page) => ({ page, chance: random.next(), novelty: noveltyOf(page, corrected) }));
  const ranked: RankedPage[] = [];
  const greedy = strategy === 'combined' || strategy === 'diversity';
  while (open.length > 0 && (ranked.length < GREEDY || !greedy)) {
    const audit = strategy === 'combined' && ranked.length % AUDIT_EVERY === AUDIT_EVERY - 1;
    let best = 0;
    let bestScore = -1;
    for (const [k, one] of open.entries()) {
      const score = audit ? one.chance : scoreOf(one.page, one.novelty, one.chance, strategy);
      if (score > bestScore || (score === bestScore && one.chance > open[best]!.chance))
        [best, bestScore] = [k, score];
    }
    if (!greedy) break;
    const [taken] = open.splice(best, 1);
    const score = scoreOf(taken!.page, taken!.novelty, taken!.chance, strategy);
    ranked.push({
      id: taken!.page.id,
      score,
      words: audit ? 'Random check' : wordsOf(taken!.page, taken!.novelty, strategy),
    });
    const { style } = taken!.page;
    if (!style) continue;
    for (const one of open) one.novelty = Math.min(one.novelty, noveltyOf(one.page, [style]));
  }
  const rest = open.map(({ page, novelty, chance }) => ({
    ranked: {
      id: page.id,
      score: scoreOf(page, novelty, chance, strategy),
      words: wordsOf(page, novelty, strategy),
    },
    chance,
  }));
  rest.sort((a, b) => b.ranked.score - a.ranked.score || b.chance - a.chance);
  return [...ranked, ...rest.map((one) => one.ranked)];
}

/** How unlike all of the styles a page looks, 0..1; a half where nobody looked. */
function noveltyOf({ style }: OpenPage, styles: readonly ArrayLike<number>[]): number {
  if (!style) return 0.5;
  let nearest = NEW_STYLE;
  for (const other of styles) nearest = Math.min(nearest, styleDistance(style, other));
  return nearest / NEW_STYLE;
}

const ageOf = ({ waitedDays = 0 }: OpenPage): number => Math.min(1, waitedDays / LONG_DAYS);

function partsOf(page: OpenPage, novelty: number): Record<keyof typeof WEIGHTS, number> {
  return {
    uncertainty: WEIGHTS.uncertainty * page.uncertainty,
    attention: WEIGHTS.attention * page.attention,
    novelty: WEIGHTS.novelty * novelty,
    age: WEIGHTS.age * ageOf(page),
  };
}

function scoreOf(page: OpenPage, novelty: number, chance: number, strategy: Strategy): number {
  if (strategy === 'uncertainty') return page.uncertainty;
  if (strategy === 'attention') return page.attention;
  if (strategy === 'diversity') return novelty;
  if (strategy === 'age') return page.waitedDays ?? 0;
  if (strategy === 'random') return chance;
  const { uncertainty, attention, novelty: unlike, age } = partsOf(page, novelty);
  return uncertainty + attention + unlike + age;
}

/** The two strongest reasons of the combined rank, or the one of another strategy. */
function wordsOf(page: OpenPage, novelty: number, strategy: Strategy): string {
  const days = Math.round(page.waitedDays ?? 0);
  const words = {
    uncertainty: `Trust ${Math.round(100 * (1 - page.uncertainty))} %`,
    attention: page.attentionWords ?? 'Its reading speaks against it',
    novelty: !page.style
      ? 'Style not looked at'
      : novelty > 0.6
        ? 'A new style'
        : novelty > 0.3
          ? 'Unlike corrected pages'
          : 'Much like corrected pages',
    age: days === 0 ? 'Came today' : days === 1 ? 'Waits for a day' : `Waits for ${days} days`,
  };
  if (strategy === 'random') return 'Drawn at random';
  if (strategy === 'diversity') return words.novelty;
  if (strategy !== 'combined') return words[strategy];
  const parts = Object.entries(partsOf(page, novelty)) as [keyof typeof WEIGHTS, number][];
  const told = parts
    .filter(([part, value]) => value >= WORTH_TELLING && (part !== 'novelty' || novelty > 0.3))
    .sort((a, b) => b[1] - a[1])
    .slice(0, 2)
    .map(([part]) => words[part]);
  // The reading's own words often are its trust.
  return [...new Set(told)].join(' · ') || 'Nothing speaks against it';
}
