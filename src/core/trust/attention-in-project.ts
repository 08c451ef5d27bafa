import type { Attention } from './attention.ts';

/** How a page stands among the others of its project. */
export interface PageCompany {
  readonly pageId: number;
  /** Layout and grid of the page, in words. */
  readonly kind: string;
  /** Other pages that were digitized, and how many of them are of this kind. */
  readonly others: number;
  readonly alike: number;
}

/** Among fewer pages nothing is rare. */
const ENOUGH_PAGES = 20;
const RARE_SHARE = 0.05;
const RARE_SCORE = 0.5;
/** One page in so many is looked at although nothing speaks against it. */
const CHECK_EVERY = 25;
const CHECK_SCORE = 0.3;

/**
 * How much a page deserves eyes in its project: besides what its reading says (`attentionOf`), pages of a rare kind, on
 * which errors of a kind hide, and a random sample, the same at every call.
 */
export function attentionInProject(own: Attention, { pageId, kind, others, alike }: PageCompany): Attention {
  const reasons = [own];
  if (others >= ENOUGH_PAGES && alike <= others * RARE_SHARE) {
    reasons.push({ score: RARE_SCORE, words: `Rare here: ${kind} (${alike + 1} of ${others + 1} pages)` });
  }
  if ((Math.imul(pageId, 0x9e3779b1) >>> 8) % CHECK_EVERY === 0) {
    reasons.push({ score: CHECK_SCORE, words: 'Random check' });
  }
  return reasons.reduce((best, reason) => (reason.score > best.score ? reason : best));
}
