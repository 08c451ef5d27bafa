import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { percentile, scoreFolder } from '../../core/metrics/score-folder.ts';
import { toLeadTable } from '../../core/metrics/to-lead-table.ts';
import { readKaggleTest } from '../../formats/kaggle/kaggle-lists.ts';
import { AppError } from '../../shared/app-error.ts';
import { importFolder } from '../import/import-folder.ts';
import { stemOf } from '../import/name-finder.ts';
import { planImport, type ImportPlan } from '../import/plan-import.ts';
import { readListed } from '../import/walk-folder.ts';
import { bundledModelFile } from '../inference/model-file.ts';
import { openPageProcesses } from '../jobs/page-processes.ts';
import { planSubmission, recordOf } from '../kaggle/plan-submission.ts';
import { writeSubmission, type WrittenSubmission } from '../kaggle/write-submission.ts';
import { openLibrary } from '../library/open-library.ts';
import { createCorrectedPages } from '../store/corrected-pages.ts';
import { openProject } from '../store/open-project.ts';
import { digitizeProjectPages } from './digitize-project-pages.ts';
import { asUsage, listWords, planWords } from './import.ts';
import { interruptSignal } from './interrupt-signal.ts';
import { numberFlag, parseFlags } from './parse-flags.ts';
import { createProgressReporter } from './progress-reporter.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';
import { textTable } from './text-table.ts';

const MOST_LIST_BYTES = 64 * 1024 * 1024;

export const KAGGLE_HELP = `From a folder of the competition "PhysioNet: Digitization of ECG Images" to a submission.

  npm run kaggle -- --from <folder> --project <dir> --out submission.csv [options]

  --from <folder>    the competition's layout: test.csv with test/<id>.png, train.csv with train/<id>/<id>.csv and
                     train/<id>/<id>-0001.png and so on; or any part of it
  --project <dir>    where the pages are kept; what is digitized there already is not digitized again
  --out <file>       the submission
  --split <part>     test (default, where test.csv is): exactly the rows that test.csv asks for; train: the other records
  --images <list>    of the pictures with a number only these: 0001,0005
  --list <N>         mismatches, and worst pages, listed at most (default 20)
  --jobs <N>, --quiet

Imports, digitizes, and writes id,value rows <id>_<row>_<lead> in millivolts, 0 where nothing was found. Where signals are
known the score of what was written is printed, by the competition's rule, as npm run score does. A record with several
pictures has rows for each, <id>-0003_<row>_<lead>.
`;

/** `kaggle`: see KAGGLE_HELP. */
export async function kaggle(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseFlags(args, {
    from: text,
    project: text,
    out: { type: 'string', short: 'o' },
    split: text,
    images: text,
    list: text,
    jobs: text,
    quiet: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) {
    terminal.out(KAGGLE_HELP);
    return EXIT.ok;
  }
  const { from, project: dir, out } = values;
  if (!from || !dir || !out || positionals.length > 0) {
    throw new AppError('usage', 'kaggle needs --from <folder>, --project <dir> and --out <file>.');
  }
  const list = numberFlag('list', values.list, { min: 0, max: 100_000, integer: true }) ?? 20;
  const jobs = numberFlag('jobs', values.jobs, { min: 1, max: 64, integer: true }) ?? availableParallelism();
  if (values.split !== undefined && values.split !== 'test' && values.split !== 'train') {
    throw new AppError('usage', `--split takes test or train, not "${values.split}".`);
  }
  const whole = await asUsage(planImport(from, { kind: 'kaggle' }));
  const listed = whole.walked.files.includes('test.csv')
    ? readKaggleTest(
        (await readListed(whole.walked.root, 'test.csv', { most: MOST_LIST_BYTES })).toString('utf8'),
      )
    : [];
  const isTest = (values.split ?? (listed.length > 0 ? 'test' : 'train')) === 'test';
  if (isTest && listed.length === 0) throw new AppError('usage', `There is no test.csv in ${from}.`);
  const asked = isTest ? listed : [];
  const plan = choosePictures(whole, new Set(listed.map(({ id }) => id)), isTest, values.images);
  if (!values.quiet) terminal.out(planWords(plan, 0));
  const project = openProject(dir);
  const library = openLibrary(project, { queue: false });
  const processes = openPageProcesses({ size: jobs });
  const progress = createProgressReporter(terminal, { quiet: values.quiet });
  const interrupt = interruptSignal(terminal);
  const { signal } = interrupt;
  try {
    const model = await bundledModelFile();
    const digitize = async (ids: readonly number[]): Promise<void> => {
      progress.total(ids.length);
      const onPage = (id: number): void => progress.page(project.pages.summary(id).name);
      await digitizeProjectPages(project, processes, ids, { jobs, model, signal, onPage });
      progress.end();
    };
    const outcome = await importFolder(project, library, plan, {
      processes,
      jobs,
      digitize,
      seconds: 10,
      maxLagSeconds: 0.2,
      signal,
    });
    const { pages, without, missing } = await planSubmission([...outcome.pages.keys()], outcome.known, asked);
    if (pages.length === 0) {
      throw new AppError('usage', `No picture in ${from} is asked for by test.csv or has known signals.`);
    }
    const corrected = createCorrectedPages(project);
    const written = await writeSubmission(resolve(out), pages, ({ scan }) => {
      const page = scan === null ? null : corrected.page(outcome.pages.get(scan)!);
      return page && page.signals.length > 0 ? toLeadTable(page.signals) : null;
    });
    terminal.out(`${written.rows} rows of ${pages.length} pages written to ${out}.\n`);
    if (written.scores.length > 0) terminal.out(scoreWords(written, list));
    const mismatches = [
      ...outcome.mismatches,
      ...missing.map((path) => ({
        path,
        reason: 'test.csv asks for it and no picture is there: its rows are 0.',
      })),
      ...without.map((path) => ({ path, reason: 'Neither test.csv asks for it nor are its signals known.' })),
    ];
    terminal.out(listWords('Does not fit', mismatches, list));
    return mismatches.length > 0 ? EXIT.failures : EXIT.ok;
  } finally {
    progress.end();
    interrupt.release();
    await library.close();
    await processes.close();
    project.close();
  }
}

/** Leaves the pictures of one part, and of those with a number the ones that are asked for. */
function choosePictures(
  plan: ImportPlan,
  tests: ReadonlySet<string>,
  isTest: boolean,
  images: string | undefined,
): ImportPlan {
  const numbers = images === undefined ? null : new Set(images.split(',').map((number) => number.trim()));
  const isWanted = (scan: string): boolean => {
    const number = /-(\d{4})$/.exec(stemOf(scan))?.[1];
    const fits = numbers === null || number === undefined || numbers.has(number);
    return fits && tests.has(recordOf(scan)) === isTest;
  };
  const scans = plan.scans.filter(isWanted);
  if (scans.length === 0) throw new AppError('usage', 'The folder holds no such picture.');
  return { ...plan, scans, pairs: plan.pairs.filter(({ scan }) => isWanted(scan)) };
}

function scoreWords({ scores }: WrittenSubmission, list: number): string {
  const pages = scores.map(({ score }) => score);
  const summary = scoreFolder(pages);
  const median = (of: (index: number) => number): number =>
    percentile(Float64Array.from(pages, (_, i) => of(i)).sort(), 50);
  const row = [
    String(summary.pages),
    String(summary.failures),
    `${summary.leadsFound}/${summary.leadsPrinted}`,
    summary.scoreDb.toFixed(2),
    summary.meanDb.toFixed(2),
    summary.medianDb.toFixed(2),
    summary.p5Db.toFixed(2),
    median((i) => pages[i]!.pearson).toFixed(3),
    median((i) => pages[i]!.rmseMicrovolts).toFixed(0),
  ];
  const worst = [...scores].sort((a, b) => a.score.snrDb - b.score.snrDb).slice(0, list);
  const worstRows = worst.map(({ id, score }) => [
    id,
    score.snrDb.toFixed(2),
    score.pearson.toFixed(3),
    `${score.leadsFound}/${score.leadsPrinted}`,
  ]);
  const head = ['pages', 'failed', 'leads', 'SNR dB', 'mean', 'median', 'p5', 'r', 'RMSE uV'];
  const table = worstRows.length > 0 ? `${textTable(['worst', 'SNR dB', 'r', 'leads'], worstRows)}\n\n` : '';
  return `${table}${textTable(head, [row])}\n`;
}
