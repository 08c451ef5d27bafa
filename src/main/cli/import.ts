import type { ImportIssue } from '../../shared/api/import-record.ts';
import { AppError } from '../../shared/app-error.ts';
import { checkSignals } from '../import/check-signals.ts';
import { importFolder, type ComparedPage, type ImportOutcome } from '../import/import-folder.ts';
import { DOUBTFUL, importWords } from '../import/import-words.ts';
import { PAIRING_RULES } from '../import/pair-scans.ts';
import { planImport, type ImportPlan } from '../import/plan-import.ts';
import { bundledModelFile } from '../inference/model-file.ts';
import { openPageProcesses } from '../jobs/page-processes.ts';
import { openLibrary } from '../library/open-library.ts';
import { openProject } from '../store/open-project.ts';
import { digitizeProjectPages } from './digitize-project-pages.ts';
import { IMPORT_HELP, parseImportFlags, type ImportRequest } from './import-flags.ts';
import { interruptSignal } from './interrupt-signal.ts';
import { createProgressReporter } from './progress-reporter.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';
import { textTable } from './text-table.ts';
import { ascending } from '../../shared/ascending.ts';

/** `import`: see IMPORT_HELP. */
export async function importProject(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const request = parseImportFlags(args);
  if (!request) {
    terminal.out(IMPORT_HELP);
    return EXIT.ok;
  }
  const plan = await asUsage(planImport(request.from, request));
  if (!request.quiet || request.preview) terminal.out(planWords(plan, request.preview ? request.list : 0));
  if (request.preview || request.project === null) {
    const issues = [...plan.mismatches, ...(await readAll(request, plan, terminal))];
    terminal.out(listWords('Does not fit', issues, request.list));
    return issues.length > 0 ? EXIT.failures : EXIT.ok;
  }
  const outcome = await runImport({ ...request, project: request.project }, plan, terminal);
  terminal.out(outcomeWords(outcome, request.list));
  terminal.out(listWords('Does not fit', outcome.mismatches, request.list));
  return outcome.mismatches.length > 0 ? EXIT.failures : EXIT.ok;
}

/** A folder that cannot be read is a mistake of the command. */
export async function asUsage<T>(work: Promise<T>): Promise<T> {
  return work.catch((thrown: unknown) => {
    if (!(thrown instanceof AppError) || thrown.code === 'internal') throw thrown;
    throw new AppError('usage', thrown.message, { cause: thrown });
  });
}

/** What of the paired signals cannot be read. */
async function readAll(
  { jobs, seconds }: ImportRequest,
  plan: ImportPlan,
  terminal: Terminal,
): Promise<readonly ImportIssue[]> {
  const processes = openPageProcesses({ size: jobs });
  const interrupt = interruptSignal(terminal);
  try {
    return (await checkSignals(plan, { processes, jobs, seconds, signal: interrupt.signal })).issues;
  } finally {
    interrupt.release();
    await processes.close();
  }
}

async function runImport(
  request: ImportRequest & { readonly project: string },
  plan: ImportPlan,
  terminal: Terminal,
): Promise<ImportOutcome> {
  const project = openProject(request.project);
  const library = openLibrary(project);
  const processes = openPageProcesses({ size: request.jobs });
  const progress = createProgressReporter(terminal, { quiet: request.quiet });
  const interrupt = interruptSignal(terminal);
  const { signal } = interrupt;
  try {
    const model = request.digitize ? await bundledModelFile() : null;
    const digitize = async (ids: readonly number[]): Promise<void> => {
      progress.total(ids.length);
      const onPage = (id: number): void => progress.page(project.pages.summary(id).name);
      await digitizeProjectPages(project, processes, ids, { jobs: request.jobs, model, signal, onPage });
      progress.end();
    };
    return await importFolder(project, library, plan, {
      processes,
      jobs: request.jobs,
      digitize: request.digitize ? digitize : null,
      seconds: request.seconds,
      maxLagSeconds: request.maxLagSeconds,
      align: request.align,
      signal,
    });
  } finally {
    progress.end();
    interrupt.release();
    await library.close();
    await processes.close();
    project.close();
  }
}

/** What an import found, with the pairs one by one where they are asked for. */
export function planWords(plan: ImportPlan, list: number): string {
  const { scans, pairs, masks, annotations, kind } = plan;
  const rules = PAIRING_RULES.map(
    (rule) => [rule, pairs.filter((pair) => pair.rule === rule).length] as const,
  );
  const how = rules.filter(([, n]) => n > 0).map(([rule, n]) => `${n} by ${rule}`);
  const lines = [
    `${scans.length} scans${kind === 'kaggle' ? " in Kaggle's layout" : ''}, ${pairs.length} with signals` +
      `${how.length > 0 ? ` (${how.join(', ')})` : ''}, ${masks.size} with masks, ${annotations.size} with annotations.`,
  ];
  for (const { scan, signal, rule } of pairs.slice(0, list))
    lines.push(`  ${scan}  <-  ${signal.path}  (${rule})`);
  if (list > 0 && pairs.length > list) lines.push(`  and ${pairs.length - list} more`);
  return lines.join('\n') + '\n';
}

function outcomeWords(outcome: ImportOutcome, list: number): string {
  const { compared } = outcome;
  return [importWords(outcome), ...(compared.length > 0 ? [comparisonWords(compared, list)] : []), ''].join(
    '\n',
  );
}

function comparisonWords(compared: readonly ComparedPage[], list: number): string {
  const lags = compared.map(({ lagSeconds }) => lagSeconds).sort(ascending);
  const worst = [...compared].sort((a, b) => a.correlation - b.correlation);
  const doubtful = worst.filter(({ correlation }) => correlation < DOUBTFUL).length;
  const rows = worst.slice(0, list).map(({ scan, lagSeconds, offsetMillivolts, correlation }) => {
    const words = correlation < DOUBTFUL ? 'not the same signals?' : '';
    return [
      scan,
      (1000 * lagSeconds).toFixed(0),
      (1000 * offsetMillivolts).toFixed(0),
      correlation.toFixed(3),
      words,
    ];
  });
  return [
    `Compared with what is known: median lag ${whole(1000 * lags[lags.length >> 1]!)} ms, ${doubtful} of ` +
      `${compared.length} pages doubtful; the least alike first.`,
    textTable(['page', 'lag ms', 'offset uV', 'r', ''], rows),
  ].join('\n');
}

/** Without a negative zero. */
function whole(value: number): string {
  return String(Math.round(value) || 0);
}

/** At most `list` of them, one a line; empty for none. */
export function listWords(
  title: string,
  items: readonly { readonly path: string; readonly reason: string }[],
  list: number,
): string {
  if (items.length === 0) return '';
  const lines = items
    .slice(0, list)
    .map(({ path, reason }) => `  ${path === '' ? '' : `${path}: `}${reason}`);
  if (items.length > list) lines.push(`  and ${items.length - list} more`);
  return `${title} (${items.length}):\n${lines.join('\n')}\n`;
}
