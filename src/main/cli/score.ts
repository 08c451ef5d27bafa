import { AppError } from '../../shared/app-error.ts';
import { parseFlags } from './parse-flags.ts';
import { scoreFolders, summarise, type ScoredFolder, type ScoredPage } from './score-folders.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';
import { textTable } from './text-table.ts';

export const SCORE_HELP = `Compares digitized signals with their truth.

  npm run score -- --truth <dir> --pred <dir> [--pages] [--leads] [--json]

  --truth <dir>  folder with NAME.csv files, or with sub-folders that hold them
  --pred <dir>   where digitize wrote; NAME.csv is looked for at the same place as in the truth
  --pages        a line per page, worst first
  --leads        also a line per lead of each page, worst first
  --json         everything as JSON on standard output

Per folder: Kaggle SNR (score of the mean power ratio; mean, median and 5th percentile of the pages' decibels),
median Pearson r, median RMSE in microvolts, leads found, pages without any signal.
`;

/** `score`: see SCORE_HELP. Ends with 0 whenever there was something to compare. */
export async function score(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseFlags(args, {
    truth: { type: 'string' },
    pred: { type: 'string' },
    pages: { type: 'boolean', default: false },
    leads: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) {
    terminal.out(SCORE_HELP);
    return EXIT.ok;
  }
  if (!values.truth || !values.pred || positionals.length > 0) {
    throw new AppError('usage', 'score needs --truth <dir> and --pred <dir>.');
  }
  const folders = await scoreFolders(values.truth, values.pred);
  if (values.json) {
    terminal.out(JSON.stringify({ folders: folders.map(toJson) }, null, 2) + '\n');
    return EXIT.ok;
  }
  if (values.pages || values.leads) {
    for (const folder of folders) terminal.out(pageLines(folder, values.leads) + '\n\n');
  }
  const everything = folders.flatMap(({ pages }) => pages);
  const rows = folders.map((folder) => folderRow(folder));
  if (folders.length > 1)
    rows.push(folderRow({ folder: 'all', pages: everything, ...summarise(everything) }));
  terminal.out(
    textTable(
      ['folder', 'pages', 'failed', 'leads', 'SNR dB', 'mean', 'median', 'p5', 'r', 'RMSE uV', 'ms/page'],
      rows,
    ) + '\n',
  );
  return EXIT.ok;
}

function folderRow({ folder, pages, summary, medianPearson, medianRmseMicrovolts }: ScoredFolder): string[] {
  const times = pages.flatMap(({ notes }) => notes.milliseconds ?? []).sort((a, b) => a - b);
  return [
    folder,
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

function toJson({ folder, pages, summary, medianPearson, medianRmseMicrovolts }: ScoredFolder) {
  return {
    folder,
    ...summary,
    medianPearson,
    medianRmseMicrovolts,
    pageScores: pages.map(({ name, score, notes }: ScoredPage) => ({
      name,
      ...score,
      ...notes,
      leads: Object.fromEntries(score.leads),
    })),
  };
}
