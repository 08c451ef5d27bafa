import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import type { ModelFile } from '../inference/model-file.ts';
import type { Project } from '../store/open-project.ts';
import type { TrainingRunRow } from '../store/training-run-table.ts';
import type { FinetuneConfig } from './finetune-config.ts';
import { finetuneFingerprint, parseFinetuneConfig } from './finetune-config.ts';
import type { FinetuneOptions } from './finetune.ts';
import { setsFolder } from './make-training-set.ts';
import { runFolder } from './run-folder.ts';
import { readManifest } from './set-files.ts';

/**
 * The run of a model, a set and settings: one that was paused or interrupted, which then goes on, or a new one.
 *
 * @param settings.anew - begins a new one even so
 */
export function findOrAddRun(
  project: Project,
  settings: {
    readonly set: string;
    readonly parent: string;
    readonly config: FinetuneConfig;
    readonly anew?: boolean;
  },
): { readonly run: TrainingRunRow; readonly goesOn: boolean } {
  const { set, parent, config, anew = false } = settings;
  const wanted = finetuneFingerprint(config, set, parent);
  const known = project.trainingRuns.list().find((run) => {
    if (run.state !== 'paused' && run.state !== 'running') return false;
    return finetuneFingerprint(parseFinetuneConfig(run.config), run.set, run.parent) === wanted;
  });
  if (known && !anew) return { run: known, goesOn: true };
  return { run: project.trainingRuns.add({ set, parent, config }), goesOn: false };
}

/**
 * All that a run needs, as plain data that can go to a process of its own.
 *
 * @param parents - model files of the project by digest
 * @throws AppError `not-found` when its set or model is gone, `corrupt` when the set was changed
 */
export async function finetuneTask(
  project: Project,
  run: TrainingRunRow,
  parents: ReadonlyMap<string, ModelFile>,
): Promise<Pick<FinetuneOptions, 'config' | 'set' | 'parent' | 'out'>> {
  const folder = join(setsFolder(project), run.set);
  const { pages } = await readManifest(folder, run.set);
  const parent = parents.get(run.parent);
  if (!parent) {
    throw new AppError('not-found', 'The model that this fine-tuning went on from is gone. Begin a new one.');
  }
  const { path, sha256, version } = parent;
  return {
    config: parseFinetuneConfig(run.config),
    set: { folder, hash: run.set, pages },
    parent: { path, sha256, name: version },
    out: runFolder(project, run),
  };
}
