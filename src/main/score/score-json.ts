import { chanceOf, comparePages } from './chance.ts';
import { groupPages, type PageGrouping } from './group-pages.ts';
import { leadRows } from './lead-rows.ts';
import type { ScoredFolder } from './score-folders.ts';
import type { ScoredPage } from './scored-page.ts';
import { summarise, type PagesSummary } from './summarise.ts';

/**
 * Everything `score` knows, for programs. Keys of folders and pages are those of the scores themselves; infinite
 * decibels (a perfect lead, by the challenge of 2024) become null as JSON has no infinity.
 */
export function scoreJson(
  folders: readonly ScoredFolder[],
  rivals: readonly ScoredFolder[] | null,
  options: { readonly by: readonly (PageGrouping | 'lead')[]; readonly seed: number; readonly full: boolean },
) {
  const everything = folders.flatMap(({ pages }) => pages);
  const others = rivals?.flatMap(({ pages }) => pages);
  const chance = (pages: readonly ScoredPage[]) =>
    options.full ? { intervals95: chanceOf(pages, options.seed) } : {};
  return {
    folders: folders.map(({ folder, pages, ...summary }) => ({
      folder,
      ...flat(summary),
      ...chance(pages),
      pageScores: pages.map(toJson),
    })),
    ...(options.by.length > 0
      ? {
          groups: Object.fromEntries(
            options.by.map((by) => [
              by,
              by === 'lead'
                ? leadRows(everything)
                : groupPages(everything, by).map(({ name, pages }) => ({
                    name,
                    ...flat(summarise(pages)),
                    ...chance(pages),
                  })),
            ]),
          ),
        }
      : {}),
    ...(others
      ? {
          against: {
            ...comparePages(everything, others, options.seed),
            pages: everything.map((page, i) => ({
              folder: page.folder,
              name: page.name,
              snrDb: page.score.snrDb,
              againstSnrDb: others[i]!.score.snrDb,
              difference: page.score.snrDb - others[i]!.score.snrDb,
            })),
          },
        }
      : {}),
  };
}

function flat({ summary, medianPearson, medianRmseMicrovolts, measures, masks }: PagesSummary) {
  return {
    ...summary,
    medianPearson,
    medianRmseMicrovolts,
    ...(measures ? { measures } : {}),
    ...(masks ? { masks } : {}),
  };
}

function toJson({ name, score, notes, facts, measures, masks }: ScoredPage) {
  const leads = [...score.leads].map(([lead, leadScore]) => {
    const more = measures?.get(lead);
    const mask = masks?.leads.get(lead);
    return [lead, { ...leadScore, ...(more ? { measures: more } : {}), ...(mask ? { mask } : {}) }];
  });
  return {
    name,
    ...score,
    ...notes,
    style: facts.style,
    annotator: facts.annotator,
    ...(masks ? { mask: masks.all } : {}),
    leads: Object.fromEntries(leads),
  };
}
