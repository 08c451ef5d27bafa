import type { Interval } from '../../core/metrics/bootstrap-interval.ts';
import { textTable } from '../cli/text-table.ts';
import { CHANCE_FIGURES, chanceOf } from './chance.ts';
import { groupPages, type PageGrouping } from './group-pages.ts';
import { leadRows } from './lead-rows.ts';
import { MEASURE_COLUMNS, measureCells } from './measure-cells.ts';
import type { ScoredFolder } from './score-folders.ts';
import type { ScoredPage } from './scored-page.ts';
import { summarise, type PagesSummary } from './summarise.ts';
import { ascending } from '../../shared/ascending.ts';

/** Columns of the table of summaries, after the name. */
export const SUMMARY_COLUMNS = [
  ...['pages', 'failed', 'leads', 'SNR dB', 'mean', 'median', 'p5', 'r', 'RMSE uV', 'ms/page'],
];

export interface TableOptions {
  readonly by: readonly (PageGrouping | 'lead')[];
  readonly seed: number;
  /** Whether pages were measured in full: adds tables of measures and of intervals. */
  readonly full: boolean;
  /** A line per page, and per lead. */
  readonly pages: boolean;
  readonly leads: boolean;
}

/** The tables that `score` prints, in order: pages, groups, folders, measures, chance. */
export function scoreTables(folders: readonly ScoredFolder[], options: TableOptions): string[] {
  const tables: string[] = [];
  if (options.pages) tables.push(...folders.map((folder) => pageLines(folder, options.leads)));
  const everything = folders.flatMap(({ pages }) => pages);
  for (const grouping of options.by) {
    if (grouping === 'lead') tables.push(leadTable(everything, options.full));
    else if (grouping !== 'folder') tables.push(...groupTables(everything, grouping, options));
  }
  const whole = folders.map(({ folder, pages }) => ({ name: folder, pages }));
  if (folders.length > 1) whole.push({ name: 'all', pages: everything });
  tables.push(...tablesOf('folder', whole, options));
  return tables;
}

type Group = { readonly name: string; readonly pages: readonly ScoredPage[] };

function groupTables(pages: readonly ScoredPage[], by: PageGrouping, options: TableOptions): string[] {
  return tablesOf(by, groupPages(pages, by), options);
}

function tablesOf(title: string, groups: readonly Group[], { full, seed }: TableOptions): string[] {
  const summaries = groups.map(({ pages }) => summarise(pages));
  const tables = [
    textTable(
      [title, ...SUMMARY_COLUMNS],
      groups.map(({ name, pages }, i) => [name, ...summaryCells(pages, summaries[i]!)]),
    ),
  ];
  if (!full) return tables;
  tables.push(
    textTable(
      [title, ...MEASURE_COLUMNS],
      groups.map(({ name }, i) => [name, ...measureCells(summaries[i]!)]),
    ),
    textTable(
      [`${title}, 95 %`, ...Object.values(CHANCE_FIGURES).map((figure) => figure.title)],
      groups.map(({ name, pages }) => {
        const chance = chanceOf(pages, seed);
        return [
          name,
          ...Object.entries(CHANCE_FIGURES).map(([key, { decimals }]) =>
            intervalWords(chance[key as keyof typeof chance], decimals),
          ),
        ];
      }),
    ),
  );
  return tables;
}

/** `12.3..14.5`; empty where chance cannot be told. */
export function intervalWords(interval: Interval | null, decimals: number): string {
  return interval ? `${interval.low.toFixed(decimals)}..${interval.high.toFixed(decimals)}` : '';
}

/** One row of them, in words. */
export function summaryCells(
  pages: readonly ScoredPage[],
  { summary, medianPearson, medianRmseMicrovolts }: PagesSummary,
): string[] {
  const times = pages.flatMap(({ notes }) => notes.milliseconds ?? []).sort(ascending);
  return [
    String(summary.pages),
    String(summary.failures),
    `${summary.leadsFound}/${summary.leadsPrinted}`,
    summary.scoreDb.toFixed(2),
    summary.meanDb.toFixed(2),
    summary.medianDb.toFixed(2),
    summary.p5Db.toFixed(2),
    medianPearson.toFixed(3),
    medianRmseMicrovolts.toFixed(0),
    times.length > 0 ? times[times.length >> 1]!.toFixed(0) : '',
  ];
}

function leadTable(pages: readonly ScoredPage[], full: boolean): string {
  return textTable(
    [
      ...['lead', 'printed', 'found', 'mean', 'median', 'p5', 'r', 'RMSE uV'],
      ...(full ? MEASURE_COLUMNS.slice(0, -3) : []),
    ],
    leadRows(pages).map((row) => [
      row.lead,
      String(row.printed),
      String(row.found),
      row.meanDb.toFixed(2),
      row.medianDb.toFixed(2),
      row.p5Db.toFixed(2),
      row.medianPearson.toFixed(3),
      row.medianRmseMicrovolts.toFixed(0),
      ...(full ? measureCells({ measures: row.measures, masks: null }).slice(0, -3) : []),
    ]),
  );
}

function pageLines({ folder, pages }: ScoredFolder, leads: boolean): string {
  const rows: string[][] = [];
  for (const { name, score, notes } of [...pages].sort((a, b) => a.score.snrDb - b.score.snrDb)) {
    rows.push([
      name,
      score.snrDb.toFixed(2),
      score.pearson.toFixed(3),
      score.rmseMicrovolts.toFixed(0),
      `${score.leadsFound}/${score.leadsPrinted}`,
      '',
      '',
      [score.failed ? 'no signal' : '', notes.layout, notes.reason].filter(Boolean).join('; '),
    ]);
    if (!leads) continue;
    for (const [lead, s] of [...score.leads].sort(([, a], [, b]) => a.snrDb - b.snrDb)) {
      rows.push([
        `  ${lead}`,
        s.snrDb.toFixed(2),
        s.pearson.toFixed(3),
        s.rmseMicrovolts.toFixed(0),
        s.found ? '' : '0',
        (s.lagSeconds * 1000).toFixed(0),
        (s.offsetMillivolts * 1000).toFixed(0),
        s.found ? '' : 'not found',
      ]);
    }
  }
  return textTable([folder, 'SNR dB', 'r', 'RMSE uV', 'leads', 'lag ms', 'offset uV', 'notes'], rows);
}
