import type { ImportOutcome } from './import-folder.ts';

/** Correlation from which a page and its known signals may well not belong together. */
export const DOUBTFUL = 0.7;

/** What came of an import, in a sentence. */
export function importWords({
  pages,
  known,
  maskedLeads,
  maskedPages,
  annotated,
  compared,
}: ImportOutcome): string {
  const doubtful = compared.filter(({ correlation }) => correlation < DOUBTFUL).length;
  const parts = [
    counted(pages.size, 'page'),
    `${known.size} with known signals`,
    ...(maskedPages > 0
      ? [`masks of ${counted(maskedLeads, 'lead')} on ${counted(maskedPages, 'page')}`]
      : []),
    ...(annotated > 0 ? [`${annotated} with annotations`] : []),
    ...(doubtful > 0 ? [`${doubtful} unlike their known signals`] : []),
  ];
  return `Imported: ${parts.join(', ')}.`;
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
