import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { openPageProcesses, type PageProcesses } from '../jobs/page-processes.ts';
import { openModels, type Models } from '../models/open-models.ts';
import { createCorrectedPages, type CorrectedPages } from '../store/corrected-pages.ts';
import { openProject, type Project } from '../store/open-project.ts';

/** A project with its models and the processes that work on its pages, for a command. */
export interface CliProject {
  readonly project: Project;
  readonly corrected: CorrectedPages;
  readonly models: Models;
  readonly processes: PageProcesses;
  close(): Promise<void>;
}

/**
 * Opens a project that is there; unlike the window, a command does not make one.
 *
 * @param pages - processes at a time
 * @throws AppError `usage` when there is no project; `locked` when it is open elsewhere
 */
export async function openCliProject(dir: string, pages: number): Promise<CliProject> {
  if (!existsSync(join(resolve(dir), 'project.sqlite'))) {
    throw new AppError('usage', `${dir} is no project: it holds no project.sqlite.`);
  }
  const project = openProject(dir);
  const models = await openModels(project, { isUsing: () => false, onChange: () => {} });
  const processes = openPageProcesses({ size: pages });
  return {
    project,
    corrected: createCorrectedPages(project),
    models,
    processes,
    async close() {
      await Promise.all([processes.close(), models.close()]);
      project.close();
    },
  };
}
