import { textTable } from '../cli/text-table.ts';
import { CHANCE_FIGURES, type ChanceFigure, type Comparison } from './chance.ts';
import type { ScoredPage } from './scored-page.ts';
import { intervalWords } from './score-tables.ts';

/** Decibels below which two pages count as alike. */
const ALIKE_DB = 0.1;

/**
 * Two predictions side by side: the figures with the interval of their difference, how many pages became better, and
 * with `perPage` every page, the greatest loss first.
 */
export function compareTables(
  a: readonly ScoredPage[],
  b: readonly ScoredPage[],
  comparison: Record<ChanceFigure, Comparison>,
  perPage: boolean,
): string[] {
  const gains = a.map((page, i) => ({ page, rival: b[i]!, gain: page.score.snrDb - b[i]!.score.snrDb }));
  const better = gains.filter(({ gain }) => gain > ALIKE_DB).length;
  const worse = gains.filter(({ gain }) => gain < -ALIKE_DB).length;
  const tables = [
    textTable(
      ['comparison', 'pred', 'against', 'difference', '95 %'],
      Object.entries(CHANCE_FIGURES).map(([key, { title, decimals }]) => {
        const row = comparison[key as ChanceFigure];
        return [
          title,
          row.a.toFixed(decimals),
          row.b.toFixed(decimals),
          row.difference.toFixed(decimals),
          intervalWords(row.interval, decimals),
        ];
      }),
    ) +
      `\n${better} pages better, ${worse} worse, ${gains.length - better - worse} alike within ${ALIKE_DB} dB`,
  ];
  if (!perPage) return tables;
  gains.sort((x, y) => x.gain - y.gain);
  tables.push(
    textTable(
      ['page', 'pred dB', 'against dB', 'difference', 'leads', 'leads against'],
      gains.map(({ page, rival, gain }) => [
        page.folder === '.' ? page.name : `${page.folder}/${page.name}`,
        page.score.snrDb.toFixed(2),
        rival.score.snrDb.toFixed(2),
        gain.toFixed(2),
        `${page.score.leadsFound}/${page.score.leadsPrinted}`,
        `${rival.score.leadsFound}/${rival.score.leadsPrinted}`,
      ]),
    ),
  );
  return tables;
}
