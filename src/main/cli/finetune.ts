import { setPriority, constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import type { TrainingSetFigures } from '../../shared/api/learning-record.ts';
import { finetuneTask, findOrAddRun } from '../learning/begin-run.ts';
import { finetune as runFinetune } from '../learning/finetune.ts';
import { parseFinetuneConfig, readFinetuneConfig } from '../learning/finetune-config.ts';
import { makeTrainingSet } from '../learning/make-training-set.ts';
import { FINETUNE_HELP } from './finetune-help.ts';
import { interruptSignal } from './interrupt-signal.ts';
import { modelByDigest } from './model-by-digest.ts';
import { openCliProject, type CliProject } from './open-cli-project.ts';
import { numberFlag, parseFlags } from './parse-flags.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

/** `finetune`: see FINETUNE_HELP. */
export async function finetune(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseFlags(args, {
    project: { type: 'string', short: 'p' },
    set: { type: 'string' },
    split: { type: 'string', default: 'patient' },
    config: { type: 'string', short: 'c' },
    minutes: { type: 'string' },
    anew: { type: 'boolean', default: false },
    model: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) {
    terminal.out(FINETUNE_HELP);
    return EXIT.ok;
  }
  const { split } = values;
  if (!values.project || positionals.length > 0)
    throw new AppError('usage', 'finetune takes --project <dir>.');
  if (split !== 'patient' && split !== 'folder') {
    throw new AppError('usage', `--split takes patient or folder, not "${split}".`);
  }
  const minutes = numberFlag('minutes', values.minutes, { min: 0.1, max: 10_000 });
  const stated = values.config ? await readFinetuneConfig(values.config) : parseFinetuneConfig({});
  const config = minutes === null ? stated : { ...stated, minutes };
  // People come first: everything this process and its threads do waits for them.
  setPriority(constants.priority.PRIORITY_LOW);
  const opened = await openCliProject(values.project, 1);
  const { signal, release } = interruptSignal(terminal);
  try {
    const set = await chosenSet(opened, values.set, split, signal, terminal);
    const parent = chosenParent(opened, values.model);
    const { project, models } = opened;
    const { run, goesOn } = findOrAddRun(project, { set, parent, config, anew: values.anew });
    const task = await finetuneTask(project, run, models.files());
    terminal.err(
      `${goesOn ? 'Going on with' : 'Beginning'} fine-tuning ${run.id} from ${task.parent.name}.\n`,
    );
    project.trainingRuns.setState(run.id, 'running');
    try {
      const { ended, candidate } = await runFinetune({
        ...task,
        config,
        bases: [...(values.config ? [dirname(resolve(values.config))] : []), process.cwd()],
        signal,
        onPoint: (point) => terminal.out(`${JSON.stringify(point)}\n`),
      });
      if (!candidate) {
        project.trainingRuns.setState(run.id, 'paused');
        terminal.err('Paused: the same command goes on.\n');
        return EXIT.interrupted;
      }
      const { key } = await models.import(join(task.out, candidate.file));
      project.trainingRuns.setState(run.id, 'done', { candidate: candidate.sha256 });
      terminal.err(`Ended: ${ended}. Best at step ${candidate.step}. Model ${key}, ${candidate.sha256}\n`);
      terminal.err(
        `Prove it: npm run prove -- --project ${values.project} --candidate ${candidate.sha256.slice(0, 12)}\n`,
      );
      return EXIT.ok;
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      project.trainingRuns.setState(run.id, 'failed', { message });
      throw thrown;
    }
  } finally {
    release();
    await opened.close();
  }
}

/** The set that is named, or a new one. */
async function chosenSet(
  { project, corrected, processes }: CliProject,
  named: string | undefined,
  splitBy: TrainingSetFigures['splitBy'],
  signal: AbortSignal,
  terminal: Terminal,
): Promise<string> {
  if (named !== undefined) {
    const found = project.trainingSets.list().filter(({ hash }) => hash.startsWith(named));
    if (found.length === 1) return found[0]!.hash;
    throw new AppError('usage', `${found.length} training sets of the project begin with "${named}".`);
  }
  const { hash, figures, skipped } = await makeTrainingSet(project, corrected, processes, {
    splitBy,
    signal,
  });
  for (const { page, why } of skipped) terminal.err(`Left out: ${page}: ${why}\n`);
  const { train, validation, locked } = figures.pages;
  terminal.err(
    `Training set ${hash}: ${train} pages to learn from, ${validation} to stop by, ${locked} to prove.\n`,
  );
  return hash;
}

/** Digest of the model that is named, or of the one in use. */
function chosenParent({ models }: CliProject, named: string | undefined): string {
  if (named === undefined) {
    const chosen = models.pageModel() ?? models.files().get('bundled');
    if (!chosen) throw new AppError('usage', 'The project uses no model. Name one with --model.');
    return chosen.sha256;
  }
  return modelByDigest(models, named).sha256;
}
