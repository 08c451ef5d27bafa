import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { datasetWords } from '../dataset/dataset-words.ts';
import { exportDataset } from '../dataset/export-dataset.ts';
import { projectDatasetSource } from '../dataset/project-dataset-source.ts';
import { openIdentityKey, projectKeyPath } from '../deidentify/identity-key.ts';
import { exportPages } from '../export/export-pages.ts';
import { projectExportSource } from '../export/project-export-source.ts';
import { bundledModelFile } from '../inference/model-file.ts';
import { openPageProcesses } from '../jobs/page-processes.ts';
import { openProject, type Project } from '../store/open-project.ts';
import { EXPORT_HELP, parseExportFlags, type ExportRequest } from './export-flags.ts';
import { interruptSignal } from './interrupt-signal.ts';
import { createProgressReporter } from './progress-reporter.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

/** `export`: see EXPORT_HELP. */
export async function exportProject(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const request = parseExportFlags(args);
  if (!request) {
    terminal.out(EXPORT_HELP);
    return EXIT.ok;
  }
  // Opening would make one.
  if (!existsSync(join(request.project, 'project.sqlite'))) {
    throw new AppError('usage', `There is no project in ${request.project}.`);
  }
  const project = openProject(request.project);
  try {
    return await run(project, request, terminal);
  } finally {
    project.close();
  }
}

async function run(project: Project, request: ExportRequest, terminal: Terminal): Promise<ExitCode> {
  const { out, formats, dataset, jobs, overwrite, quiet } = request;
  const ids = pagesOf(project, request);
  const processes = openPageProcesses({ size: jobs });
  const progress = createProgressReporter(terminal, { quiet });
  const interrupt = interruptSignal(terminal);
  let told = 0;
  progress.total(ids.length);
  const onProgress = ({ done, failed }: { done: number; failed: number }): void => {
    for (; told < done; told++) progress.page(failed > 0 ? `${failed} failed` : 'written');
  };
  const { processing, correctLag } = request;
  const common = { processes, processing, correctLag, signal: interrupt.signal, onProgress };
  try {
    if (!dataset) {
      const summary = await exportPages(projectExportSource(project), ids, out, formats, {
        ...common,
        overwrite,
      });
      progress.end();
      const renewed = summary.renewed > 0 ? `, ${summary.renewed} files of before renewed` : '';
      terminal.out(
        `${summary.done - summary.failed} of ${summary.done} pages written to ${out}${renewed}.\n`,
      );
      return ending(project, summary.problems, terminal);
    }
    const bundled = await bundledModelFile();
    const source = projectDatasetSource(project, bundled ? [bundled.sha256] : []);
    const options = { ...dataset, name: dataset.name ?? project.name };
    const secret = dataset.deidentify && (await openIdentityKey(request.key ?? projectKeyPath(project.dir)));
    if (secret?.made) terminal.err(`A new key was made: ${request.key ?? projectKeyPath(project.dir)}\n`);
    const summary = await exportDataset(source, ids, out, formats, options, {
      ...common,
      concurrency: jobs,
      overwrite,
      identityKey: secret?.key ?? null,
      model: bundled,
    });
    progress.end();
    const resumed = summary.resumed > 0 ? `, ${summary.resumed} of them before` : '';
    terminal.out(
      `${datasetWords(summary)} ${summary.files} files, ${(summary.bytes / 1e6).toFixed(1)} MB, written to ${out} and ` +
        `read back${resumed}.\n`,
    );
    return ending(project, summary.problems, terminal);
  } finally {
    progress.end();
    interrupt.release();
    await processes.close();
  }
}

/** @throws AppError `usage` when no page is chosen, or one is not there */
function pagesOf(project: Project, { ids, query }: ExportRequest): number[] {
  const listed = project.pages.ids(query);
  const chosen = ids === null ? listed : listed.filter((id) => ids.includes(id));
  const missing = ids?.find((id) => project.pages.locate(id) === null);
  if (missing !== undefined) throw new AppError('usage', `There is no page ${missing} in this project.`);
  if (chosen.length === 0) throw new AppError('usage', 'No page of the project is what you asked for.');
  return chosen;
}

function ending(
  project: Project,
  problems: readonly { readonly id: number; readonly message: string }[],
  terminal: Terminal,
): ExitCode {
  for (const { id, message } of problems) {
    terminal.out(`  page ${id}, ${project.pages.summary(id).name}: ${message}\n`);
  }
  return problems.length > 0 ? EXIT.failures : EXIT.ok;
}
