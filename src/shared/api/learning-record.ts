import { z } from 'zod';

/** How accepted pages are divided so that nothing leaks: pages of one patient, or of one source folder, stay together. */
export const splitBy = z.enum(['patient', 'folder']);
export type SplitBy = z.infer<typeof splitBy>;

const perClass = z.object({ trace: z.number(), mark: z.number(), text: z.number(), grid: z.number() });

/** What a training set holds, in figures. */
export const trainingSetFigures = z.object({
  pages: z.object({ train: z.number().int(), validation: z.number().int(), locked: z.number().int() }),
  /** Patients or folders. */
  groups: z.number().int(),
  splitBy,
  /** Pages that a person changed, and the actions and seconds spent on all of them. */
  changedPages: z.number().int(),
  edits: z.number().int(),
  seconds: z.number(),
  /** Share of all pixels that ink of each class covers, and that somebody answers for, 0..1. */
  ink: perClass,
  known: perClass,
  /** Pages by layout and by kind of grid. */
  layouts: z.record(z.string(), z.number().int()),
  grids: z.record(z.string(), z.number().int()),
  bytes: z.number(),
});
export type TrainingSetFigures = z.infer<typeof trainingSetFigures>;

/** Where a fine-tuning stands. `paused`: it can go on from its checkpoint; `cancelled`: it shall not. */
export const runState = z.enum(['running', 'paused', 'done', 'failed', 'cancelled']);
export type RunState = z.infer<typeof runState>;

/** How a model does on some pages. */
export const proofFigures = z.object({
  /** Kaggle score, mean and median of the pages' SNR; decibels. */
  scoreDb: z.number(),
  meanDb: z.number(),
  medianDb: z.number(),
  pearson: z.number(),
  rmseMicrovolts: z.number(),
  /** Soft Dice of the traces it sees, over pages whose traces are known; null where none are. */
  dice: z.number().nullable(),
  failures: z.number().int(),
  leadsFound: z.number().int(),
  leadsPrinted: z.number().int(),
});
export type ProofFigures = z.infer<typeof proofFigures>;

const interval = z.object({ mean: z.number(), low: z.number(), high: z.number() });

/** A folder of pages on which two models were compared. */
export const proofFolder = z.object({
  folder: z.string(),
  /** `locked`: accepted pages that nobody learnt from; `reference`: pages with known signals. */
  kind: z.enum(['locked', 'reference']),
  pages: z.number().int(),
  current: proofFigures,
  candidate: proofFigures,
  /** Candidate minus current, of the pages' SNR; decibels, with 95 % of bootstrap means between low and high. */
  differenceDb: interval,
});
export type ProofFolder = z.infer<typeof proofFolder>;

export const proofPage = z.object({
  folder: z.string(),
  name: z.string(),
  /** Page of the project; null for a reference page. */
  pageId: z.number().int().nullable(),
  currentDb: z.number(),
  candidateDb: z.number(),
});
export type ProofPage = z.infer<typeof proofPage>;

/** A comparison of a candidate with the model in use. */
export const proofReport = z.object({
  /** Digests. */
  candidate: z.string(),
  current: z.string(),
  /** Training set whose locked pages were read; null when there is none. */
  set: z.string().nullable(),
  folders: z.array(proofFolder),
  /** The greatest loss first. */
  pages: z.array(proofPage),
  leftOut: z.array(z.object({ page: z.string(), why: z.string() })),
  better: z.boolean(),
  harmed: z.array(z.string()),
  allowed: z.boolean(),
  words: z.array(z.string()),
});
export type ProofReport = z.infer<typeof proofReport>;
