import { resolve } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { comparePages } from '../score/chance.ts';
import { compareTables } from '../score/compare-tables.ts';
import { PAGE_GROUPINGS, type PageGrouping } from '../score/group-pages.ts';
import { scoreFolders } from '../score/score-folders.ts';
import { scoreJson } from '../score/score-json.ts';
import { scoreTables } from '../score/score-tables.ts';
import { numberFlag, parseFlags } from './parse-flags.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

export const SCORE_HELP = `Compares digitized signals with their truth.

  npm run score -- --truth <dir> --pred <dir> [options]

  --truth <dir>     folder with NAME.csv files, or with sub-folders that hold them
  --pred <dir>      where digitize wrote; NAME.csv is looked for at the same place as in the truth
  --pages           a line per page, worst first
  --leads           also a line per lead of each page, worst first
  --full            also what takes longer: the CinC 2024 scores, MAE, DTW, R peaks within 50 ms, PR, QRS and QT by a
                    delineator on both signals, masks (NAME.mask.png on both sides), 95 % bootstrap intervals
  --by <what>       also a table by lead, style, layout or annotator; may be given more than once
  --cinc-shift      move signals as the CinC 2024 evaluation does before its scores (and only those)
  --masks <dir>     masks of the truth, laid out like it, when they do not lie beside it
  --against <dir>   another prediction: both side by side, with 95 % intervals of the difference over pages
  --seed <N>        of the bootstrap, 1 by default
  --html <file>     a report with plots and the worst pages, one file that needs no network; measures as --full does
  --json            everything as JSON on standard output

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
    full: { type: 'boolean', default: false },
    by: { type: 'string', multiple: true, default: [] },
    'cinc-shift': { type: 'boolean', default: false },
    masks: { type: 'string' },
    against: { type: 'string' },
    seed: { type: 'string' },
    html: { type: 'string' },
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
  const by = values.by.map(toGrouping);
  const seed = numberFlag('seed', values.seed, { min: 0, max: 2 ** 31, integer: true }) ?? 1;
  const options = {
    full: values.full || values['cinc-shift'] || values.html !== undefined,
    cincShift: values['cinc-shift'],
    ...(values.masks === undefined ? {} : { masks: values.masks }),
  };
  const folders = await scoreFolders(values.truth, values.pred, options);
  const rivals = values.against ? await scoreFolders(values.truth, values.against, options) : null;
  if (values.html !== undefined) {
    // Only the report and masks need the image library.
    const { writeScoreReport } = await import('../score/write-score-report.ts');
    await writeScoreReport(resolve(values.html), folders, rivals, {
      truth: values.truth,
      pred: values.pred,
      against: values.against ?? null,
      seed,
    });
    terminal.err(`${values.html}\n`);
  }
  if (values.json) {
    terminal.out(
      JSON.stringify(scoreJson(folders, rivals, { by, seed, full: options.full }), null, 2) + '\n',
    );
    return EXIT.ok;
  }
  const tables = scoreTables(folders, {
    by,
    seed,
    full: options.full,
    pages: values.pages || values.leads,
    leads: values.leads,
  });
  if (rivals) {
    const pages = folders.flatMap((folder) => folder.pages);
    const others = rivals.flatMap((folder) => folder.pages);
    tables.push(...compareTables(pages, others, comparePages(pages, others, seed), values.pages));
  }
  terminal.out(tables.join('\n\n') + '\n');
  return EXIT.ok;
}

function toGrouping(text: string): PageGrouping | 'lead' {
  const known = ['lead', ...PAGE_GROUPINGS] as const;
  const found = known.find((name) => name === text);
  if (!found) throw new AppError('usage', `--by takes ${known.join(', ')}, not "${text}".`);
  return found;
}
