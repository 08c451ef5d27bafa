import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { alignLead } from '../../core/metrics/align-lead.ts';
import { printedPairs } from '../../core/metrics/printed-pairs.ts';
import { MAX_LAG_SECONDS } from '../../core/metrics/score-lead.ts';
import type { ReportPage, ReportTable, ScoreReport } from '../../formats/score-report/score-report.ts';
import { scoreReportHtml } from '../../formats/score-report/score-report-html.ts';
import { writeTogether } from '../export/write-together.ts';
import { CHANCE_FIGURES, chanceOf, comparePages, type ChanceFigure } from './chance.ts';
import { groupPages, PAGE_GROUPINGS } from './group-pages.ts';
import { leadRows } from './lead-rows.ts';
import { MEASURE_COLUMNS, measureCells } from './measure-cells.ts';
import { readTable, type ScoredFolder } from './score-folders.ts';
import type { ScoredPage } from './scored-page.ts';
import { intervalWords, SUMMARY_COLUMNS, summaryCells } from './score-tables.ts';
import { summarise } from './summarise.ts';
import { ascending } from '../../shared/ascending.ts';

const WORST_PAGES = 12;
const WORST_LEADS = 3;
const THUMBNAIL_PX = 840;

/** What the report is about. */
export interface ReportSubject {
  readonly truth: string;
  readonly pred: string;
  readonly against: string | null;
  readonly seed: number;
}

/** Writes the HTML report of a score, replacing the file. @throws AppError `storage` when it cannot be written */
export async function writeScoreReport(
  path: string,
  folders: readonly ScoredFolder[],
  rivals: readonly ScoredFolder[] | null,
  subject: ReportSubject,
): Promise<void> {
  const pages = folders.flatMap((folder) => folder.pages);
  const others = rivals?.flatMap((folder) => folder.pages) ?? null;
  const { summary, measures, medianPearson } = summarise(pages);
  const chance = chanceOf(pages, subject.seed);
  const leads = leadRows(pages);
  const interval = (figure: ChanceFigure) => {
    const words = intervalWords(chance[figure], CHANCE_FIGURES[figure].decimals);
    return words === '' ? '' : `95 %: ${words.replace('..', ' to ')}`;
  };
  const report: ScoreReport = {
    truth: subject.truth,
    pred: subject.pred,
    against: subject.against,
    figures: [
      { name: 'Kaggle SNR', value: `${summary.scoreDb.toFixed(2)} dB`, note: interval('scoreDb') },
      { name: 'median page', value: `${summary.medianDb.toFixed(2)} dB`, note: interval('medianDb') },
      {
        name: 'CinC 2024 SNR',
        value: dash(measures?.cincSnrDb, 2, ' dB'),
        note: 'mean over leads',
      },
      { name: 'Pearson r', value: medianPearson.toFixed(3), note: interval('pearson') },
      {
        name: 'R peaks',
        value: dash(measures?.rPeakF1, 3, ''),
        note: 'F1 within 50 ms',
      },
      {
        name: 'leads found',
        value: `${summary.leadsFound}/${summary.leadsPrinted}`,
        note: `${summary.failures} pages without any`,
      },
    ],
    tables: tablesOf(pages, others, subject.seed),
    decibels: pages.map(({ score }) => score.snrDb),
    medianDb: summary.medianDb,
    byLead: leads.map(({ lead, decibels }) => ({ name: lead, ascending: decibels })),
    byFolder: folders.map((folder) => ({
      name: folder.folder,
      ascending: folder.pages.map(({ score }) => score.snrDb).sort(ascending),
    })),
    confidence: pages.flatMap(({ notes, score, name }) =>
      notes.confidence === null ? [] : [{ x: notes.confidence, y: score.snrDb, title: name }],
    ),
    qt: pages.flatMap((page) =>
      [...(page.measures ?? [])].flatMap(([lead, { intervals }]) => {
        const { qt: x } = intervals.truth;
        const { qt: y } = intervals.prediction;
        return x === null || y === null ? [] : [{ x, y, title: `${fullName(page)} ${lead}` }];
      }),
    ),
    rivals: (others ?? []).map((other, i) => ({
      x: other.score.snrDb,
      y: pages[i]!.score.snrDb,
      title: fullName(other),
    })),
    worst: await worstPages(pages),
  };
  await writeTogether([{ path, bytes: scoreReportHtml(report) }]);
}

function tablesOf(
  pages: readonly ScoredPage[],
  others: readonly ScoredPage[] | null,
  seed: number,
): ReportTable[] {
  const tables: ReportTable[] = [];
  if (others) {
    const comparison = comparePages(pages, others, seed);
    tables.push({
      title: 'Comparison',
      columns: ['figure', 'this', 'the other', 'difference', '95 %'],
      rows: Object.entries(CHANCE_FIGURES).map(([key, { title, decimals }]) => {
        const { a, b, difference, interval } = comparison[key as ChanceFigure];
        return [
          title,
          ...[a, b, difference].map((value) => value.toFixed(decimals)),
          intervalWords(interval, decimals),
        ];
      }),
    });
  }
  for (const grouping of PAGE_GROUPINGS) {
    const groups = groupPages(pages, grouping);
    // One group that nothing names says what the headline says already.
    if (grouping !== 'folder' && groups.every(({ pages: members }) => groupedByNothing(members, grouping)))
      continue;
    tables.push({
      title: `By ${grouping}`,
      columns: [grouping, ...SUMMARY_COLUMNS, ...MEASURE_COLUMNS],
      rows: groups.map(({ name, pages: members }) => {
        const summary = summarise(members);
        return [name, ...summaryCells(members, summary), ...measureCells(summary)];
      }),
    });
  }
  const rows = leadRows(pages);
  tables.push({
    title: 'By lead',
    columns: [
      ...['lead', 'printed', 'found', 'mean', 'median', 'p5', 'r', 'RMSE uV'],
      ...MEASURE_COLUMNS.slice(0, -3),
    ],
    rows: rows.map((row) => [
      row.lead,
      String(row.printed),
      String(row.found),
      ...[row.meanDb, row.medianDb, row.p5Db].map((value) => value.toFixed(2)),
      row.medianPearson.toFixed(3),
      row.medianRmseMicrovolts.toFixed(0),
      ...measureCells({ measures: row.measures, masks: null }).slice(0, -3),
    ]),
  });
  return tables;
}

function groupedByNothing(pages: readonly ScoredPage[], grouping: 'style' | 'layout' | 'annotator'): boolean {
  return pages.every(({ facts }) => facts[grouping] === null);
}

async function worstPages(pages: readonly ScoredPage[]): Promise<ReportPage[]> {
  const worst = [...pages].sort((a, b) => a.score.snrDb - b.score.snrDb).slice(0, WORST_PAGES);
  const result: ReportPage[] = [];
  for (const page of worst) {
    const truth = await readTable(page.truthPath);
    const prediction = await readTable(page.predictionPath);
    const pairs = truth ? printedPairs(truth, prediction) : [];
    const leads = [...page.score.leads].sort(([, a], [, b]) => a.snrDb - b.snrDb).slice(0, WORST_LEADS);
    result.push({
      name: fullName(page),
      snrDb: page.score.snrDb,
      note: [
        page.score.failed ? 'no signal' : `${page.score.leadsFound} of ${page.score.leadsPrinted} leads`,
        page.notes.layout,
        page.notes.reason,
      ]
        .filter(Boolean)
        .join('; '),
      thumbnail: await thumbnailOf(page.predictionPath.replace(/\.csv$/, '.overlay.png')),
      leads: leads.flatMap(([lead, { snrDb }]) => {
        const pair = pairs.find((candidate) => candidate.lead === lead);
        if (!pair || !truth) return [];
        const aligned =
          pair.prediction &&
          alignLead(pair.truth, pair.prediction, Math.trunc(MAX_LAG_SECONDS * truth.fs)).aligned;
        const signals = {
          fs: truth.fs,
          startSeconds: pair.startSeconds,
          truth: pair.truth,
          prediction: aligned,
        };
        return [{ name: lead, snrDb, signals }];
      }),
    });
  }
  return result;
}

async function thumbnailOf(path: string): Promise<Uint8Array | null> {
  const bytes = await readFile(path).catch(() => null);
  if (!bytes) return null;
  return sharp(bytes)
    .resize({ width: THUMBNAIL_PX, withoutEnlargement: true })
    .jpeg({ quality: 72 })
    .toBuffer()
    .catch(() => null);
}

function fullName({ folder, name }: ScoredPage): string {
  return folder === '.' ? name : `${folder}/${name}`;
}

function dash(value: number | null | undefined, decimals: number, unit: string): string {
  return value === null || value === undefined ? '-' : value.toFixed(decimals) + unit;
}
