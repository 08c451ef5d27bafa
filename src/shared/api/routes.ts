import { STRATEGIES } from '../learning-strategy.ts';
import { z } from 'zod';
import { compactionPreview, compactionState, keepRule } from './compaction-record.ts';
import { datasetOptions } from './dataset-record.ts';
import {
  editAction,
  editStack,
  editStep,
  editStepAnswer,
  historyEntry,
  leadReview,
  machineReading,
  pageEdits,
  pageReview,
  reviewChange,
  reviewState,
} from './edit-record.ts';
import { learningRoutes } from './learning-routes.ts';
import { dataset, datasetProgress } from './dataset-look.ts';
import { importPreview, importRequest } from './import-record.ts';
import { jobState } from './job-state.ts';
import { modelChange, modelKey, modelsState } from './model-record.ts';
import { SIGNAL_FORMATS } from '../signal-formats.ts';
import {
  finishedReading,
  pastDocuments,
  readingChange,
  readingFilter,
  readingState,
} from './reading-record.ts';
import { pageDetail, pageOverrides, pageStatus, pageSummary } from './page-record.ts';
import { foundPrint } from './text-boxes.ts';
import { route } from './route.ts';

const none = z.object({});
const ok = z.object({ ok: z.literal(true) });

export const folder = z.object({
  id: z.number().int(),
  path: z.string(),
  pages: z.number().int(),
  watching: z.boolean(),
  scanning: z.boolean(),
  problem: z.string().nullable(),
});
export type Folder = z.infer<typeof folder>;

export const exportFormat = z.enum([...SIGNAL_FORMATS.map(({ id }) => id), 'json', 'overlay']);
export type ExportFormat = z.infer<typeof exportFormat>;

export const pageSort = z.enum([
  'name',
  'added',
  'status',
  'confidence',
  'digitized',
  'attention',
  'teaching',
  'agreement',
]);
export type PageSort = z.infer<typeof pageSort>;

const pageQuery = z.object({
  search: z.string().max(200).optional(),
  status: pageStatus.optional(),
  review: reviewState.optional(),
  stage: readingFilter.optional(),
  folderId: z.coerce.number().int().optional(),
  layout: z.string().max(20).optional(),
  sort: pageSort.optional(),
  /** How pages are chosen where they are sorted by what correcting them teaches; `combined` when absent. */
  strategy: z.enum(STRATEGIES).optional(),
  descending: z.enum(['true', 'false']).optional(),
});

export const routes = {
  project: route({
    method: 'GET',
    path: '/api/project',
    input: none,
    output: z.object({
      name: z.string(),
      path: z.string(),
      version: z.string(),
      host: z.enum(['electron', 'loopback']),
      pages: z.number().int(),
    }),
  }),
  folders: route({ method: 'GET', path: '/api/folders', input: none, output: z.array(folder) }),
  addFolder: route({
    method: 'POST',
    path: '/api/folders',
    input: z.object({ path: z.string().min(1).max(4096), watch: z.boolean().default(true) }),
    output: folder,
  }),
  removeFolder: route({ method: 'DELETE', path: '/api/folders/:id', input: none, output: ok }),
  /** Lists sub-folders and what lies in a folder, to pick a folder or a model where no native dialog exists. */
  browse: route({
    method: 'GET',
    path: '/api/browse',
    input: z.object({ path: z.string().max(4096).optional() }),
    output: z.object({
      path: z.string(),
      parent: z.string().nullable(),
      folders: z.array(z.object({ name: z.string(), path: z.string() })),
      scans: z.number().int(),
      /** Files that end in `.onnx`. */
      models: z.array(z.object({ name: z.string(), path: z.string(), bytes: z.number().int() })),
    }),
  }),
  /** Ids in queue order for the filter: small enough for 10,000 pages in one answer. */
  pageIds: route({
    method: 'GET',
    path: '/api/page-ids',
    input: pageQuery,
    output: z.object({
      ids: z.array(z.number().int()),
      total: z.number().int(),
      /** Why pages stand where they do, by id; where they are sorted by what correcting them teaches. */
      words: z.record(z.string(), z.string()).optional(),
    }),
  }),
  /** Summaries of up to 200 pages by id, for the visible window of the queue. */
  pageSummaries: route({
    method: 'POST',
    path: '/api/page-summaries',
    input: z.object({ ids: z.array(z.number().int()).max(200) }),
    output: z.array(pageSummary),
  }),
  page: route({ method: 'GET', path: '/api/pages/:id', input: none, output: pageDetail }),
  /** The decoded page, upright, as WebP or PNG, reduced by 1, 2, 4 or 8. */
  pageImage: route({
    method: 'GET',
    path: '/api/pages/:id/image',
    input: z.object({ reduce: z.enum(['1', '2', '4', '8']).default('1') }),
    output: 'bytes',
  }),
  pageThumbnail: route({ method: 'GET', path: '/api/pages/:id/thumbnail', input: none, output: 'bytes' }),
  /** Traces in image pixels, see `encodeTraces` in shared/api/trace-bytes.ts. */
  pageTraces: route({ method: 'GET', path: '/api/pages/:id/traces', input: none, output: 'bytes' }),
  /** Signals in millivolts, see `encodeSignals` in shared/api/signal-bytes.ts. */
  pageSignals: route({ method: 'GET', path: '/api/pages/:id/signals', input: none, output: 'bytes' }),
  /** The page as the machine read it, packed by `packDigitization`. */
  pageReading: route({
    method: 'GET',
    path: '/api/pages/:id/reading',
    /** An earlier one of `machineReadings`. */
    input: z.object({ run: z.coerce.number().int().optional() }),
    output: 'bytes',
  }),
  /** Which readings of the machine are kept, newest first, and the one that the page is at. */
  machineReadings: route({
    method: 'GET',
    path: '/api/pages/:id/machine-readings',
    input: none,
    output: z.object({ present: z.number().int(), readings: z.array(machineReading) }),
  }),
  edits: route({ method: 'GET', path: '/api/pages/:id/edits', input: none, output: pageEdits }),
  /** Keeps an action; `conflict` when the page was changed since its revision. */
  commitEdit: route({ method: 'POST', path: '/api/pages/:id/edits', input: editAction, output: editStack }),
  undoEdit: route({ method: 'POST', path: '/api/pages/:id/undo', input: editStep, output: editStepAnswer }),
  redoEdit: route({ method: 'POST', path: '/api/pages/:id/redo', input: editStep, output: editStepAnswer }),
  editHistory: route({
    method: 'GET',
    path: '/api/pages/:id/history',
    input: none,
    output: z.array(historyEntry),
  }),
  /** Brings the page to where it was after an entry of its history, null: before the first; can be undone. */
  restoreEdit: route({
    method: 'POST',
    path: '/api/pages/:id/restore',
    input: editStep.extend({ entryId: z.number().int().nullable() }),
    output: editStepAnswer,
  }),
  /** What the page's corrections were right after an entry of its history; without one: before the first. */
  pastDocuments: route({
    method: 'GET',
    path: '/api/pages/:id/past',
    input: z.object({ entryId: z.coerce.number().int().optional() }),
    output: pastDocuments,
  }),
  /** Both readings of a page, whoever began first first; `forbidden` before both are finished. */
  finishedReadings: route({
    method: 'GET',
    path: '/api/pages/:id/readings',
    input: none,
    output: z.array(finishedReading).length(2),
  }),
  /** Leaves an unfinished reading of one's own to others. */
  giveBackReading: route({
    method: 'POST',
    path: '/api/pages/:id/give-back',
    input: z.object({ window: z.string().min(1).max(64) }),
    output: ok,
  }),
  readers: route({ method: 'GET', path: '/api/readers', input: none, output: readingState }),
  /** Says who reads here, and whether pages are read by one or by two; only for the window that corrects. */
  changeReaders: route({
    method: 'PATCH',
    path: '/api/readers',
    input: readingChange,
    output: readingState,
  }),
  /** Asks to be the window that corrects; `take` takes that from another one, `leave` gives it back. */
  lease: route({
    method: 'POST',
    path: '/api/lease',
    input: z.object({
      window: z.string().min(1).max(64),
      take: z.boolean().default(false),
      leave: z.boolean().default(false),
    }),
    output: z.object({ mine: z.boolean() }),
  }),
  /** What of old history is kept, and how far compaction is. */
  compaction: route({ method: 'GET', path: '/api/compaction', input: none, output: compactionState }),
  /** What compaction would merge by a rule; some seconds for a large project, hanging up ends it. */
  previewCompaction: route({
    method: 'POST',
    path: '/api/compaction/preview',
    input: keepRule.omit({ automatic: true }),
    output: compactionPreview,
  }),
  /** Only for the window that corrects. */
  changeKeep: route({
    method: 'PATCH',
    path: '/api/compaction',
    input: keepRule.extend({ window: z.string().min(1).max(64) }),
    output: compactionState,
  }),
  /** Merges what is old in the histories of all pages; events tell how far it is. Only for the window that corrects. */
  compactHistory: route({
    method: 'POST',
    path: '/api/compaction',
    input: z.object({ window: z.string().min(1).max(64) }),
    output: ok,
  }),
  cancelCompaction: route({ method: 'POST', path: '/api/compaction/cancel', input: none, output: ok }),
  review: route({
    method: 'PATCH',
    path: '/api/pages/:id/review',
    input: reviewChange,
    output: pageReview,
  }),
  progress: route({
    method: 'GET',
    path: '/api/progress',
    input: none,
    output: z.object({
      pages: z.number().int(),
      byReview: z.record(reviewState, z.number().int()),
      /** Leads that were decided on by themselves. */
      leads: z.record(leadReview.exclude(['open']), z.number().int()),
      byStatus: z.record(pageStatus, z.number().int()),
      secondsSpent: z.number(),
      medianSecondsPerAccepted: z.number().nullable(),
    }),
  }),
  /** Signals that are known of the page, see `unpackLeadTable`; only where the page says that it has them. */
  pageReference: route({ method: 'GET', path: '/api/pages/:id/reference', input: none, output: 'bytes' }),
  /** What the ink of a page tells about its traces, see `decodeEvidence`; half a second when it is first asked for. */
  pageEvidence: route({ method: 'GET', path: '/api/pages/:id/evidence', input: none, output: 'bytes' }),
  /**
   * What the project's model sees in a part of a page, see `decodeLook`; events tell of its tiles under `job`, hanging up
   * ends the work.
   */
  lookAtPart: route({
    method: 'POST',
    path: '/api/pages/:id/part-look',
    input: z.object({
      job: z.string().min(1).max(64),
      /** Outline, image pixels. */
      points: z
        .array(z.tuple([z.number(), z.number()]))
        .min(3)
        .max(5000),
    }),
    output: 'bytes',
  }),
  /** All print on a page by a closer look than digitizing takes, for the review of who it tells about; a second or two. */
  findPrint: route({
    method: 'POST',
    path: '/api/pages/:id/print',
    input: none,
    output: z.object({ boxes: z.array(foundPrint) }),
  }),
  /**
   * What the project's model sees of a whole page, as `lookAtPart` tells it; some 6 s on one core when it is first asked for,
   * kept on disk from then on. Events tell of its tiles under `job`.
   */
  lookAtPage: route({
    method: 'POST',
    path: '/api/pages/:id/page-look',
    input: z.object({ job: z.string().min(1).max(64) }),
    output: 'bytes',
  }),
  /** Replaces the overrides of a page and digitizes it again, ahead of everything else. */
  override: route({ method: 'PATCH', path: '/api/pages/:id/overrides', input: pageOverrides, output: ok }),
  /** Tells which page is looked at: it and its neighbours in the queue go first. */
  look: route({ method: 'POST', path: '/api/pages/:id/look', input: none, output: ok }),
  digitize: route({
    method: 'POST',
    path: '/api/digitize',
    input: z.object({ ids: z.array(z.number().int()).max(100_000), again: z.boolean().default(false) }),
    output: z.object({ queued: z.number().int() }),
  }),
  jobs: route({ method: 'GET', path: '/api/jobs', input: none, output: jobState }),
  pauseJobs: route({ method: 'POST', path: '/api/jobs/pause', input: none, output: jobState }),
  resumeJobs: route({ method: 'POST', path: '/api/jobs/resume', input: none, output: jobState }),
  /** Takes every waiting page out of the queue and stops the running ones. */
  cancelJobs: route({ method: 'POST', path: '/api/jobs/cancel', input: none, output: jobState }),
  exportPages: route({
    method: 'POST',
    path: '/api/exports',
    input: z.object({
      ids: z.array(z.number().int()).min(1).max(100_000),
      out: z.string().min(1).max(4096),
      formats: z.array(exportFormat),
      /** For a paired data set instead of files beside each other. */
      dataset: datasetOptions.nullish(),
      /** Filters and rate; nothing is done to the signals when absent. */
      processing: z
        .object({
          baseline: z.enum(['high-pass', 'median']).nullable(),
          notchHz: z.number().min(10).max(200).nullable(),
          lowPassHz: z.number().min(5).max(500).nullable(),
          fs: z.number().min(50).max(10_000).nullable(),
          completeLimbLeads: z.boolean().default(false),
        })
        .nullish(),
      /** Move each stretch onto the known signals of its page, by 0.2 s at most. */
      correctLag: z.boolean().default(false),
    }),
    output: z.object({ exportId: z.string() }),
  }),
  cancelExport: route({
    method: 'POST',
    path: '/api/exports/cancel',
    input: z.object({ exportId: z.string() }),
    output: ok,
  }),
  /** Looks through a folder and reads what is in it; events tell how far that is. Ends an import that was not begun. */
  previewImport: route({
    method: 'POST',
    path: '/api/imports',
    input: importRequest,
    output: z.object({ importId: z.number().int() }),
  }),
  /** What an import would do, once its stage is `ready`; afterwards what did not fit. */
  importPreview: route({ method: 'GET', path: '/api/imports/:id', input: none, output: importPreview }),
  startImport: route({
    method: 'POST',
    path: '/api/imports/:id/start',
    /** Keep known signals on the clock of their page where they lie apart and are alike. */
    input: z.object({ align: z.boolean().default(false) }),
    output: ok,
  }),
  cancelImport: route({ method: 'POST', path: '/api/imports/:id/cancel', input: none, output: ok }),
  /** What is known of all pages; see `openDataset`. */
  dataset: route({ method: 'GET', path: '/api/dataset', input: none, output: dataset }),
  /** Begins to look at pages that have not been looked at; events tell how far it is. */
  lookAtDataset: route({ method: 'POST', path: '/api/dataset/look', input: none, output: datasetProgress }),
  cancelDataset: route({ method: 'POST', path: '/api/dataset/cancel', input: none, output: datasetProgress }),
  models: route({ method: 'GET', path: '/api/models', input: none, output: modelsState }),
  /** Checks a model file, tries it in a process of its own and copies it into the project; a second or two. */
  importModel: route({
    method: 'POST',
    path: '/api/models',
    input: z.object({ path: z.string().min(1).max(4096) }),
    output: z.object({ key: modelKey, known: z.boolean() }),
  }),
  removeModel: route({ method: 'DELETE', path: '/api/models/:id', input: none, output: ok }),
  /** Holds from the next page on. */
  chooseModel: route({
    method: 'PATCH',
    path: '/api/models/choice',
    input: modelChange,
    output: modelsState,
  }),
  /** Tries the execution providers again; events tell of the results. */
  tryProviders: route({ method: 'POST', path: '/api/models/providers', input: none, output: ok }),
  ...learningRoutes,
} as const;

/** Name of a route. */
export type RouteName = keyof typeof routes;

/** `{ id }` for a route whose path has one. */
export type PathInput<K extends RouteName> = (typeof routes)[K]['path'] extends `${string}/:id${string}`
  ? { readonly id: number }
  : unknown;

/** The fields of an object type; an empty object adds none (rather than forbidding all). */
export type Fields<T> = string extends keyof T ? unknown : T;
