import { styleDistance, styleWithoutGrid } from '../explore/picture-style.ts';
import type { LineResponse } from '../trace/line-response.ts';
import { ascending } from '../../shared/ascending.ts';

/** The scale of a corrected page, and how the page looks (`pictureStyle`). */
export interface HabitPage {
  readonly style: readonly number[];
  readonly speedMmPerSecond: number;
  readonly gainMmPerMillivolt: number;
  /** Pixels of the picture per mm, where its grid showed them or a person stated them. */
  readonly pxPerMm?: number | undefined;
}

/** What corrected pages taught beside a network, for pages that look like them. */
export interface PageHabits {
  readonly pages: readonly HabitPage[];
  /** How lines lie about what is traced on such pages where they bend; absent where nothing is known of it. */
  readonly line?: LineResponse | undefined;
}

/** What is usual for a page; null where its like disagree or there is none like it. */
export interface UsualPage {
  readonly speedMmPerSecond: number | null;
  readonly gainMmPerMillivolt: number | null;
  /** Pixels per mm of the pictures of all corrected pages that look like it, ascending: where a grid is missing, one of them is likely. */
  readonly resolutionsPxPerMm: readonly number[];
  /** How its lines lie about what is traced; null where nothing is known of it, or the page surely looks otherwise. */
  readonly line: LineResponse | null;
}

/** Corrected pages that have to agree, and pages looked at. */
const NEIGHBOURS = 5;
/** How much farther than corrected pages lie from each other a page may lie from them. */
const REACH = 1.25;
/** Share of the corrected pages that must lie within the distance that counts as near. */
const NEAR_SHARE = 0.9;
/**
 * The scale that corrected pages which look like a page have, where all of the five nearest agree, the resolutions of all
 * that look like it, and how their lines lie about what is traced. A page is like them when
 * its fifth nearest is hardly farther than that of nine in ten corrected pages among themselves, so that habits of one
 * machine are not carried over to pages of another.
 */
export function usualOfPage(habits: PageHabits, style: ArrayLike<number>): UsualPage {
  const { pages } = habits;
  const resolutionsPxPerMm = resolutionsOfLike(pages, style);
  const isLike = looksLikeCorrected(habits, style);
  // Where too few pages tell, the model that learnt from them looks at all pages, and its lines are that model's.
  const line = isLike === false ? null : (habits.line ?? null);
  if (isLike !== true) return { speedMmPerSecond: null, gainMmPerMillivolt: null, resolutionsPxPerMm, line };
  const near = nearest(pages, style);
  const agreed = (key: 'speedMmPerSecond' | 'gainMmPerMillivolt'): number | null =>
    near.every(({ page }) => page[key] === near[0]!.page[key]) ? near[0]!.page[key] : null;
  return {
    speedMmPerSecond: agreed('speedMmPerSecond'),
    gainMmPerMillivolt: agreed('gainMmPerMillivolt'),
    resolutionsPxPerMm,
    line,
  };
}

/** Resolutions of pages that look like a page but for the grid: they count where it shows none, and most of them show one. */
function resolutionsOfLike(pages: readonly HabitPage[], style: ArrayLike<number>): number[] {
  if (pages.length <= NEIGHBOURS) return [];
  const bare = pages.map((page) => styleWithoutGrid(page.style));
  const own = styleWithoutGrid(style);
  const reach = REACH * reachOf(bare);
  if (fifthDistance(bare, own) > reach) return [];
  return pages
    .flatMap(({ pxPerMm }, k) => (styleDistance(bare[k]!, own) <= reach ? (pxPerMm ?? []) : []))
    .sort(ascending);
}

/** Whether a page looks as corrected pages do; null where there are too few of them to tell. O(n^2), 10 ms for 500 pages. */
export function looksLikeCorrected({ pages }: PageHabits, style: ArrayLike<number>): boolean | null {
  if (pages.length <= NEIGHBOURS) return null;
  const styles = pages.map((page) => page.style);
  return fifthDistance(styles, style) <= REACH * reachOf(styles);
}

/** Distance to its fifth nearest that nine in ten of the styles have at most. */
function reachOf(styles: readonly ArrayLike<number>[]): number {
  const distances = styles.map((style, k) => fifthDistance(styles, style, k)).sort(ascending);
  return distances[Math.floor(NEAR_SHARE * (distances.length - 1))]!;
}

/** Distance of the fifth nearest of styles, leaving out the one at `except`. */
function fifthDistance(styles: readonly ArrayLike<number>[], style: ArrayLike<number>, except = -1): number {
  const least = new Float64Array(NEIGHBOURS).fill(Infinity);
  for (const [k, other] of styles.entries()) {
    if (k === except) continue;
    const distance = styleDistance(other, style);
    let at = NEIGHBOURS - 1;
    if (distance >= least[at]!) continue;
    for (; at > 0 && least[at - 1]! > distance; at--) least[at] = least[at - 1]!;
    least[at] = distance;
  }
  return least[NEIGHBOURS - 1]!;
}

function nearest(pages: readonly HabitPage[], style: ArrayLike<number>) {
  return pages
    .map((page) => ({ page, distance: styleDistance(page.style, style) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEIGHBOURS);
}
