import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { AppError, toAppError } from '../../shared/app-error.ts';
import type { PageSummary } from '../../shared/api/page-record.ts';
import { commonFolder } from '../export/common-folder.ts';
import { openPageExporter, type PageExporter } from '../export/page-exporter.ts';
import { projectExportSource } from '../export/project-export-source.ts';
import { startDigitizeJobs } from '../jobs/digitize-jobs.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import { openLibrary, type Library } from '../library/open-library.ts';
import { openProject, type Project } from '../store/open-project.ts';
import type { BatchPage } from './batch-summary.ts';
import type { DigitizeBatch, DigitizeRequest } from './digitize-flags.ts';
import type { FoundScan } from './find-scans.ts';
import { pageLine } from './page-line.ts';
import { processingRequest } from './processing-request.ts';
import type { ProgressReporter } from './progress-reporter.ts';
import { ascending } from '../../shared/ascending.ts';

/**
 * Digitizes scans inside a project: their folders are added to it (files bring the folder they lie in), pages that are
 * digitized already are kept unless something new was stated about them, and each page is exported as it is done.
 * Stopped by `signal`, the project is left as the workstation would leave it: what is done is kept, the rest waits.
 *
 * @throws AppError `locked` when the project is open elsewhere; `storage`, `usage`, `corrupt`
 */
export async function digitizeInProject(
  request: DigitizeBatch & { readonly project: string },
  scans: readonly FoundScan[],
  processes: PageProcesses,
  signal: AbortSignal,
  progress: ProgressReporter,
): Promise<{ readonly pages: BatchPage[]; readonly renewed: number }> {
  const project = openProject(request.project);
  const library = openLibrary(project, { queue: false });
  try {
    await addFolders(project, library, scans);
    const { ids, missing } = await findPages(project, scans);
    const pages: BatchPage[] = missing.map((path) => ({
      label: path,
      status: 'failed',
      message:
        'The project does not take this file: its name does not end like that of a scan, or it is a link.',
      milliseconds: 0,
    }));
    if (signal.aborted || ids.length === 0) return { pages, renewed: 0 };
    progress.total(ids.length);
    const results = await digitizeAndExport(project, request, ids, processes, signal, progress);
    return { pages: [...pages, ...results.pages], renewed: results.renewed };
  } finally {
    await library.close();
    project.close();
  }
}

async function addFolders(project: Project, library: Library, scans: readonly FoundScan[]): Promise<void> {
  for (const root of new Set(scans.map(({ root }) => root))) {
    const real = await realpath(root);
    const known = project.folders.list().some(({ path }) => real === path || real.startsWith(path + sep));
    if (!known) await library.addFolder(real, { watch: false });
  }
  await library.settled();
}

/** Pages of the project that come from these scans, in their order. */
async function findPages(
  project: Project,
  scans: readonly FoundScan[],
): Promise<{ ids: number[]; missing: string[] }> {
  const byPath = new Map<string, number[]>();
  for (const id of project.pages.ids()) {
    const path = project.pages.locate(id)!.scanPath;
    byPath.set(path, [...(byPath.get(path) ?? []), id]);
  }
  const ids: number[] = [];
  const missing: string[] = [];
  for (const { path } of scans) {
    const found = byPath.get(await realpath(path).catch(() => path)) ?? byPath.get(path);
    if (found) ids.push(...found.sort(ascending));
    else missing.push(path);
  }
  return { ids, missing };
}

async function digitizeAndExport(
  project: Project,
  request: DigitizeBatch,
  ids: readonly number[],
  processes: PageProcesses,
  signal: AbortSignal,
  progress: ProgressReporter,
): Promise<{ pages: BatchPage[]; renewed: number }> {
  const source = projectExportSource(project);
  const { out, formats, overwrite, jobs, fs, model } = request;
  const places = ids.map((id) => source.locate(id)!);
  const exporter = await openPageExporter(places, processes, {
    out,
    formats,
    overwrite,
    signal,
    processing: (name) =>
      processingRequest(request, name).processing ?? { processing: null, referencePath: null },
  });
  const root = commonFolder([...new Set(places.map(({ folderPath }) => folderPath))]);
  enqueue(project, request, ids);
  const pages: BatchPage[] = [];
  let renewed = 0;
  const open = new Set(ids);
  const exporting: Promise<void>[] = [];
  const finish = async (summary: PageSummary) => {
    const page = await exportOne(project, exporter, summary, root);
    if (!page) return;
    renewed += page.renewed;
    pages.push(page);
    progress.page(pageLine({ ...summary, ...page }));
  };
  const collect = (changed: readonly number[]) => {
    const mine = changed.filter((id) => open.has(id));
    for (const summary of project.pages.summaries(mine)) {
      if (!isDone(summary) || !open.delete(summary.id)) continue;
      exporting.push(finish(summary));
    }
  };
  const deafen = project.on((event) => event.type === 'pages' && collect(event.ids));
  const digitizing = startDigitizeJobs(project, processes, { jobs, fs, model: () => model });
  try {
    collect(ids);
    await Promise.race([digitizing.idle(), aborted(signal)]);
    const { problem } = digitizing.state();
    if (problem && !signal.aborted) throw new AppError('storage', problem);
  } finally {
    deafen();
    await digitizing.close();
    await Promise.allSettled(exporting);
  }
  return { pages, renewed };
}

/** States what was stated, and queues what is not digitized as asked. */
function enqueue(
  project: Project,
  { overrides, fs, fsStated }: DigitizeRequest,
  ids: readonly number[],
): void {
  const stated = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== null));
  for (const id of ids) {
    const before = project.pages.overrides(id);
    const after = { ...before, ...stated };
    if (JSON.stringify(after) !== JSON.stringify(before)) project.pages.setOverrides(id, after);
  }
  project.queue.enqueue(ids, { again: false });
  if (!fsStated) return;
  const done = project.pages.summaries(ids).filter(isDone);
  const slow = done.filter(({ id }) => (project.results.digitization(id)?.signals[0]?.fs ?? fs) !== fs);
  project.queue.enqueue(
    slow.map(({ id }) => id),
    { again: true },
  );
}

async function exportOne(
  project: Project,
  exporter: PageExporter,
  summary: PageSummary,
  root: string,
): Promise<(BatchPage & { renewed: number }) | null> {
  const { id, pageIndex } = summary;
  const place = project.pages.locate(id)!;
  const label = relative(root, place.scanPath) + (pageIndex > 0 ? ` p${pageIndex + 1}` : '');
  const status = summary.status as BatchPage['status'];
  const milliseconds = project.results.milliseconds(id)?.['total'] ?? 0;
  try {
    const { renewed, problem } = await exporter.export(await projectExportSource(project).load(id));
    return { label, status, message: problem ?? summary.message, milliseconds, renewed };
  } catch (thrown) {
    const { code, message } = toAppError(thrown);
    if (code === 'cancelled') return null;
    return { label, status: 'failed', message: summary.message ?? message, milliseconds, renewed: 0 };
  }
}

function isDone({ status }: PageSummary): boolean {
  return status === 'ok' || status === 'partial' || status === 'failed';
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
