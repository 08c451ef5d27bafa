import { z } from 'zod';
import { TRAINING_PARTS } from '../../core/learning/training-part.ts';
import { splitBy } from '../../shared/api/learning-record.ts';
import { pageOverrides } from '../../shared/api/page-record.ts';

export const SET_FORMAT = 'tracewright-training-set-1';
/** File of a set that lists everything else; its SHA-256 is the set's name. */
export const MANIFEST_FILE = 'manifest.json';

const perClass = z.object({ trace: z.number(), mark: z.number(), text: z.number(), grid: z.number() });

const setPage = z.object({
  pageId: z.number().int(),
  /** Folder of the set that holds its files. */
  folder: z.string().regex(/^p\d+$/),
  /** Path of the scan relative to the folder of scans it lies in. */
  name: z.string(),
  pageIndex: z.number().int(),
  /** Digest of the scan. */
  content: z.string(),
  /** Patient or source folder. */
  group: z.string(),
  part: z.enum(TRAINING_PARTS),
  /** What a person stated about the page. */
  overrides: pageOverrides,
  /** What had read the page before it was corrected. */
  model: z.string(),
  /** How much more often it is learnt from, 1 to 2; made of the following. */
  effort: z.number(),
  edits: z.number().int(),
  seconds: z.number(),
  /** Last entry of the page's journal, null when there is none. */
  journalEntry: z.number().int().nullable(),
  layout: z.string(),
  grid: z.string(),
  pxPerMm: z.number(),
  /** Its scale as it was accepted, and how it looks (`pictureStyle`); absent in sets of earlier versions. */
  speedMmPerSecond: z.number().optional(),
  gainMmPerMillivolt: z.number().optional(),
  style: z.array(z.number()).optional(),
  /** Pixels of the scan per mm as its grid shows or a person stated; absent where both are silent, and in sets of earlier versions. */
  scanPxPerMm: z.number().positive().optional(),
  widthPx: z.number().int(),
  heightPx: z.number().int(),
  /** Columns of its traces, those that a person drew, and those bridged over missing ink. */
  columns: z.object({ all: z.number().int(), human: z.number().int(), bridged: z.number().int() }),
  /** Cells that nobody verified. */
  unverified: z.array(z.string()),
  /** Shares of the page's pixels. */
  ink: perClass,
  known: perClass,
  /** SHA-256 of each of its files, hexadecimal. */
  files: z.record(z.string(), z.string()),
});
export type SetPage = z.infer<typeof setPage>;

/** The list of a training set. Whatever differs between two sets differs here, so the digest of this file names the set. */
export const trainingManifest = z.object({
  format: z.literal(SET_FORMAT),
  seed: z.number().int(),
  splitBy,
  shares: z.object({ validation: z.number(), locked: z.number() }),
  pages: z.array(setPage),
});
export type TrainingManifest = z.infer<typeof trainingManifest>;
