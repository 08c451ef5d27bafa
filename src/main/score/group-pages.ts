import type { ScoredPage } from './scored-page.ts';

/** By what the pages of a score can be put together. */
export const PAGE_GROUPINGS = ['folder', 'style', 'layout', 'annotator'] as const;
export type PageGrouping = (typeof PAGE_GROUPINGS)[number];

/** What a page without an entry goes under. */
const UNKNOWN = '(not stated)';

/** Pages by folder, style, layout or annotator, in order of name. */
export function groupPages(
  pages: readonly ScoredPage[],
  grouping: PageGrouping,
): { readonly name: string; readonly pages: readonly ScoredPage[] }[] {
  const groups = new Map<string, ScoredPage[]>();
  for (const page of pages) {
    const name = grouping === 'folder' ? page.folder : (page.facts[grouping] ?? UNKNOWN);
    groups.set(name, [...(groups.get(name) ?? []), page]);
  }
  return [...groups]
    .map(([name, members]) => ({ name, pages: members }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
