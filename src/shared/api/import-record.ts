import { z } from 'zod';

/**
 * Something of an imported folder that does not fit. `conflict`: several things could be meant, or they contradict each
 * other; `unpaired`: nothing belongs to it; `unreadable`: damaged, or of a sort that is not read; `refused`: it leads out of
 * the folder; `doubtful`: page and signals do not look alike.
 */
export const importIssue = z.object({
  kind: z.enum(['conflict', 'unpaired', 'unreadable', 'refused', 'doubtful']),
  /** Below the folder; empty where no single file is meant. */
  path: z.string(),
  reason: z.string(),
});
export type ImportIssue = z.infer<typeof importIssue>;

export const IMPORT_KINDS = [
  'auto',
  'kaggle',
  'ecg-image-kit',
  'ecgminer',
  'ecgtizer',
  'paper-ecg',
  'pairs',
  'masks',
] as const;
export const importKind = z.enum(IMPORT_KINDS);
export type ImportKind = z.infer<typeof importKind>;

const path = z.string().min(1).max(4096);

/** What is to be looked through, and what a person says about files that do not say it themselves. */
export const importRequest = z.object({
  from: path,
  kind: importKind.default('auto'),
  /** Another folder whose pictures are masks of the scans. */
  masksFrom: path.nullable().default(null),
  /** A table that says what belongs to what. */
  pairList: path.nullable().default(null),
  /** What titles of tables stand for; empty: nothing. */
  columns: z.record(z.string().max(200), z.string().max(200)).default({}),
  /** Samples per second, and unit, of files that do not say it. */
  fs: z.number().min(1).max(100_000).nullable().default(null),
  unit: z.enum(['mV', 'uV']).nullable().default(null),
  /** Length of recordings whose rate nobody says. */
  seconds: z.number().min(0.5).max(3600).default(10),
});
export type ImportRequest = z.infer<typeof importRequest>;
export type ImportRequestInput = z.input<typeof importRequest>;

/** Lines of lists that are sent at most; the totals say how many there are. */
export const MOST_LISTED = 500;

/** A scan with its signals, as a preview shows them. */
export const importPair = z.object({
  scan: z.string(),
  signal: z.string(),
  format: z.string(),
  rule: z.string(),
  /** Null where they could not be read. */
  read: z
    .object({ fs: z.number(), seconds: z.number(), leads: z.number().int(), remarks: z.array(z.string()) })
    .nullable(),
});
export type ImportPair = z.infer<typeof importPair>;

/** What an import would do. */
export const importPreview = z.object({
  from: z.string(),
  kind: importKind,
  scans: z.number().int(),
  paired: z.number().int(),
  masked: z.number().int(),
  annotated: z.number().int(),
  pairs: z.array(importPair),
  /** Tables whose columns are called after no lead, by their titles. */
  unnamed: z.array(z.object({ titles: z.array(z.string()), tables: z.number().int(), example: z.string() })),
  issues: z.array(importIssue),
  issuesInAll: z.number().int(),
});
export type ImportPreview = z.infer<typeof importPreview>;

/** How far an import is. */
export const importProgress = z.object({
  importId: z.number().int(),
  stage: z.enum(['looking', 'reading', 'ready', 'importing', 'digitizing', 'comparing', 'done', 'failed']),
  done: z.number().int(),
  total: z.number().int(),
  /** How it ended, in words. */
  message: z.string().nullable(),
});
export type ImportProgress = z.infer<typeof importProgress>;
