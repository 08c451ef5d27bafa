import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerEvent } from '../shared/api/server-event.ts';
import { browseFolder } from './api/browse-folder.ts';
import { createApp, type App } from './api/create-app.ts';
import { editHandlers } from './api/edit-handlers.ts';
import { createEditLease } from './api/edit-lease.ts';
import { createEventHub } from './api/event-hub.ts';
import { createExports } from './api/exports.ts';
import type { Handlers } from './api/handlers.ts';
import { createImports, type Imports } from './api/imports.ts';
import { learningHandlers } from './api/learning-handlers.ts';
import { modelHandlers } from './api/model-handlers.ts';
import { pageHandlers } from './api/page-handlers.ts';
import { openPageEvidence } from './api/page-evidence.ts';
import { printLooks } from './api/print-looks.ts';
import { partLooks } from './api/part-looks.ts';
import { openPageReferences } from './api/page-reference.ts';
import { openPageImages } from './api/page-images.ts';
import { createReadingDesk, type ReadingDesk } from './api/reading-desk.ts';
import { readingHandlers } from './api/reading-handlers.ts';
import { openCompaction } from './compaction/open-compaction.ts';
import { openDataset } from './explore/open-dataset.ts';
import { programVersions } from './export/program-versions.ts';
import { startDigitizeJobs, type DigitizeJobs } from './jobs/digitize-jobs.ts';
import { openPageProcesses } from './jobs/page-processes.ts';
import { openLibrary, type Library } from './library/open-library.ts';
import { openLearning } from './learning/open-learning.ts';
import { openModels, type Models } from './models/open-models.ts';
import type { LaunchChild } from './processes/child-link.ts';
import { createCorrectedPages } from './store/corrected-pages.ts';
import { openProject } from './store/open-project.ts';

export interface WorkstationOptions {
  /** Project folder; made when it does not exist. */
  readonly project: string;
  /** Folder of the built renderer. */
  readonly rendererRoot: string;
  /** Scans a project starts with when it is made; null for none. */
  readonly samples: string | null;
  /** Folder of the models that come with the program; that of the sources when absent. */
  readonly models?: string;
  readonly host: 'electron' | 'loopback';
  /** How child processes are started; as plain Node when absent. */
  readonly launch?: LaunchChild;
}

/**
 * Digitizing leaves the processor to the window until it is painted and connects, or for this long: a browser that starts on
 * a busy machine takes several seconds.
 */
const FIRST_PAINT_MS = 6000;

/** After the window is up it takes a while until its pages are found; see `checkProvidersWhenQuiet`. */
const SETTLED_MS = 15_000;
const BUSY_MS = 60_000;

/** An open project with everything that works on it, behind one fetch handler. */
export interface Workstation {
  readonly app: App;
  /** Absolute path of the scan a page came from, certain to lie inside its folder. */
  scanPath(pageId: number): string;
  /** Stops the work, puts unfinished pages back in the queue and closes the database. */
  close(): Promise<void>;
}

/**
 * Opens a project for either host: library, digitizer, exports, pictures and the API over them. A project that is made
 * now begins with the samples, being digitized.
 *
 * @throws AppError `locked` when it is open elsewhere; `usage`, `corrupt`, `storage`
 */
export async function openWorkstation(options: WorkstationOptions): Promise<Workstation> {
  const folder = resolve(options.project);
  const isNew = !existsSync(join(folder, 'project.sqlite'));
  const project = openProject(folder);
  // Nobody connects before everything below is open.
  const events = createEventHub(() => {
    begin();
    return [
      { type: 'jobs', state: jobs.state() },
      { type: 'list' },
      { type: 'folders' },
      { type: 'models' },
      { type: 'learning' },
      ...exports.snapshot(),
      ...imports.snapshot().map((progress) => ({ type: 'import' as const, progress })),
    ];
  });
  const publish = (event: ServerEvent) => events.publish(event);
  const library = openLibrary(project, { onChange: () => publish({ type: 'folders' }) });
  // One core is left to the window; an export does not wait for pages being digitized.
  const pagesAtATime = Math.max(1, availableParallelism() - 1);
  const processes = openPageProcesses({ size: pagesAtATime + 1, launch: options.launch });
  const models = await openModels(project, {
    bundledFolder: options.models,
    launch: options.launch,
    isUsing: (path) => jobs.isUsing(path),
    onChange: () => publish({ type: 'models' }),
  });
  const jobs = startDigitizeJobs(project, processes, {
    jobs: pagesAtATime,
    model: () => models.pageModel(),
    paused: true,
  });
  const closing = new AbortController();
  const begin = once(() => {
    jobs.resume();
    void checkProvidersWhenQuiet(models, jobs, closing.signal);
  });
  const latest = setTimeout(begin, FIRST_PAINT_MS);
  const corrected = createCorrectedPages(project);
  const learning = openLearning(project, {
    models,
    corrected,
    processes,
    references: options.samples && existsSync(options.samples) ? options.samples : null,
    launch: options.launch,
    onChange: () => publish({ type: 'learning' }),
  });
  const exports = createExports(project, corrected, processes, publish);
  const imports = createImports(project, library, jobs, processes, (progress) =>
    publish({ type: 'import', progress }),
  );
  const references = openPageReferences(project);
  const dataset = openDataset(
    join(folder, 'cache', 'looks.json'),
    project,
    corrected,
    references,
    processes,
    publish,
  );
  const lease = createEditLease(
    () => performance.now(),
    (holder) => publish({ type: 'lease', holder }),
  );
  const desk = createReadingDesk(project, () => publish({ type: 'readers' }));
  const reading = readingHandlers(project, corrected, desk, lease);
  const edits = editHandlers(project, corrected, desk, lease, reading.decided);
  const compaction = openCompaction(project, desk, lease, publish);
  const images = openPageImages(join(folder, 'cache'));
  const evidence = openPageEvidence(join(folder, 'cache', 'ink'), project, processes, desk);
  project.on(publish);
  jobs.on(publish);
  if (isNew && options.samples && existsSync(options.samples)) await library.addFolder(options.samples);

  const handlers: Handlers = {
    project: () => ({
      name: project.name,
      path: project.dir,
      version: programVersions()['tracewright'] ?? '',
      host: options.host,
      pages: project.pages.count(),
    }),
    browse: ({ path }) => browseFolder(path),
    ...pageHandlers(project, corrected, desk, images, references, dataset),
    pageReference: ({ id }) => references.answer(id),
    ...edits.handlers,
    ...reading.handlers,
    ...compaction.handlers,
    pageEvidence: ({ id }) => evidence.answer(id),
    ...partLooks(join(folder, 'cache', 'seen'), project, processes, desk, () => models.pageModel(), publish),
    ...printLooks(project, processes, desk, () => models.pageModel()),
    ...folderHandlers(library),
    ...jobHandlers(jobs, desk),
    ...modelHandlers(models),
    ...learningHandlers(learning),
    ...importHandlers(imports),
    dataset: () => dataset.answer(),
    lookAtDataset: () => dataset.start(),
    cancelDataset: () => dataset.cancel(),
    exportPages: (request) => exports.start(request),
    cancelExport({ exportId }) {
      exports.cancel(exportId);
      return { ok: true };
    },
  };
  return {
    app: createApp({ handlers, events, rendererRoot: options.rendererRoot }),
    scanPath: (pageId) => project.pages.scanPath(pageId),
    async close() {
      clearTimeout(latest);
      closing.abort();
      await compaction.close();
      await learning.close();
      await imports.close();
      events.close();
      await Promise.all([library.close(), jobs.close(), exports.close(), images.close(), dataset.close()]);
      await Promise.all([processes.close(), models.close()]);
      edits.close();
      project.close();
    },
  };
}

/**
 * Trials of execution providers take two seconds of a core, which the first pages should not have to share: they begin
 * when nothing is digitized, or after a minute of a long queue.
 */
async function checkProvidersWhenQuiet(
  models: Models,
  jobs: DigitizeJobs,
  signal: AbortSignal,
): Promise<void> {
  try {
    await pause(SETTLED_MS, null, { signal, ref: false });
    await Promise.race([jobs.idle(), pause(BUSY_MS, null, { signal, ref: false })]);
  } catch {
    return;
  }
  if (!signal.aborted) await models.checkProviders();
}

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (!done) run();
    done = true;
  };
}

function importHandlers(
  imports: Imports,
): Pick<Handlers, 'previewImport' | 'importPreview' | 'startImport' | 'cancelImport'> {
  return {
    previewImport: (request) => imports.preview(request),
    importPreview: ({ id }) => imports.answer(id),
    startImport({ id, align }) {
      imports.start(id, { align });
      return { ok: true };
    },
    cancelImport({ id }) {
      imports.cancel(id);
      return { ok: true };
    },
  };
}

function folderHandlers(library: Library): Pick<Handlers, 'folders' | 'addFolder' | 'removeFolder'> {
  return {
    folders: () => library.folders(),
    addFolder: ({ path, watch }) => library.addFolder(path, { watch }),
    async removeFolder({ id }) {
      await library.removeFolder(id);
      return { ok: true };
    },
  };
}

type JobRoutes = 'override' | 'look' | 'digitize' | 'jobs' | 'pauseJobs' | 'resumeJobs' | 'cancelJobs';

function jobHandlers(jobs: DigitizeJobs, desk: ReadingDesk): Pick<Handlers, JobRoutes> {
  return {
    override({ id, ...overrides }) {
      desk.expectFactsOpen(id);
      jobs.setOverrides(id, overrides);
      return { ok: true };
    },
    look({ id }) {
      jobs.look(id);
      return { ok: true };
    },
    digitize: ({ ids, again }) => ({ queued: jobs.enqueue(ids, { again }) }),
    jobs: () => jobs.state(),
    pauseJobs: () => jobs.pause(),
    resumeJobs: () => jobs.resume(),
    cancelJobs: () => jobs.cancel(),
  };
}
