import { styleDistance, styleWithoutGrid } from '../explore/picture-style.ts';
import { ascending } from '../../shared/ascending.ts';

/** The scale of a corrected page, and how the page looks (`pictureStyle`). */
export interface HabitPage {
  readonly style: readonly number[];
  readonly speedMmPerSecond: number;
  readonly gainMmPerMillivolt: number;
  /** Pixels of the picture per mm, where its grid showed them or a person stated them. */
  readonly pxPerMm?: number | undefined;
}

/** What people left as the scale of pages, for pages that look like them. */
export interface PageHabits {
  readonly pages: readonly HabitPage[];
}

/** The scale usual for a page; null where its like disagree or there is none like it. */
export interface UsualScale {
  readonly speedMmPerSecond: number | null;
  readonly gainMmPerMillivolt: number | null;
  /** Pixels per mm of the pictures of all corrected pages that look like it, ascending: where a grid is missing, one of them is likely. */
  readonly resolutionsPxPerMm: readonly number[];
}

/** Corrected pages that have to agree, and pages looked at. */
const NEIGHBOURS = 5;
/** How much farther than corrected pages lie from each other a page may lie from them. */
const REACH = 1.25;
/** Share of the corrected pages that must lie within the distance that counts as near. */
const NEAR_SHARE = 0.9;
/**
 * The scale that corrected pages which look like a page have, where all of the five nearest agree, and the resolutions of all
 * that look like it. A page is like them when
 * its fifth nearest is hardly farther than that of nine in ten corrected pages among themselves, so that habits of one
 * machine are not carried over to pages of another.
 */
export function usualScale({ pages }: PageHabits, style: ArrayLike<number>): UsualScale {
  const resolutionsPxPerMm = resolutionsOfLike(pages, style);
  if (looksLikeCorrected({ pages }, style) !== true)
    return { speedMmPerSecond: null, gainMmPerMillivolt: null, resolutionsPxPerMm };
  const near = nearest(pages, style);
  const agreed = (key: 'speedMmPerSecond' | 'gainMmPerMillivolt'): number | null =>
    near.every(({ page }) => page[key] === near[0]!.page[key]) ? near[0]!.page[key] : null;
  return {
    speedMmPerSecond: agreed('speedMmPerSecond'),
    gainMmPerMillivolt: agreed('gainMmPerMillivolt'),
    resolutionsPxPerMm,
  };
}

/** Resolutions of pages that look like a page but for the grid: they count where it shows none, and most of them show one. */
function resolutionsOfLike(pages: readonly HabitPage[], style: ArrayLike<number>): number[] {
  const bare = pages.map((page) => ({ ...page, style: styleWithoutGrid(page.style) }));
  const own = styleWithoutGrid(style);
  if (looksLikeCorrected({ pages: bare }, own) !== true) return [];
  const reach = REACH * reachOf(bare);
  return bare
    .flatMap((page) => (styleDistance(page.style, own) <= reach ? (page.pxPerMm ?? []) : []))
    .sort(ascending);
}

/** Whether a page looks as corrected pages do; null where there are too few of them to tell. */
export function looksLikeCorrected({ pages }: PageHabits, style: ArrayLike<number>): boolean | null {
  if (pages.length <= NEIGHBOURS) return null;
  return nearest(pages, style).at(-1)!.distance <= REACH * reachOf(pages);
}

/** Distance to its fifth nearest that nine in ten of the pages have at most. */
function reachOf(pages: readonly HabitPage[]): number {
  const distances = pages
    .map(
      (one) =>
        nearest(
          pages.filter((page) => page !== one),
          one.style,
        ).at(-1)!.distance,
    )
    .sort(ascending);
  return distances[Math.floor(NEAR_SHARE * (distances.length - 1))]!;
}

function nearest(pages: readonly HabitPage[], style: ArrayLike<number>) {
  return pages
    .map((page) => ({ page, distance: styleDistance(page.style, style) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEIGHBOURS);
}
