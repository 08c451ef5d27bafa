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

/** A line of a fine-tuning's curve, as far as it is drawn. */
export const curvePoint = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step'), step: z.number().int(), loss: z.number() }),
  z.object({
    kind: z.literal('validation'),
    step: z.number().int(),
    loss: z.number(),
    /** Soft Dice of traces on the set's validation pages and on synthetic ones. */
    dice: z.number(),
    replayDice: z.number().nullable(),
    snrDb: z.number().nullable(),
  }),
]);
export type CurvePointRecord = z.infer<typeof curvePoint>;

/** A fine-tuning of the project. */
export const trainingRun = z.object({
  id: z.number().int(),
  set: z.string(),
  parent: z.string(),
  parentName: z.string(),
  state: runState,
  candidate: z.string().nullable(),
  message: z.string().nullable(),
  createdAt: z.number(),
  steps: z.number().int(),
  minutes: z.number(),
  /** Every setting it was begun with, defaults included. */
  settings: z.record(z.string(), z.unknown()),
  /** How far it is; null while nothing is known. */
  progress: z
    .object({ step: z.number().int(), seconds: z.number(), secondsLeft: z.number(), residentMb: z.number() })
    .nullable(),
});
export type TrainingRunRecord = z.infer<typeof trainingRun>;

/** What came of a comparison of a model with the one that was in use then. */
export const modelComparison = z.object({
  id: z.number().int(),
  at: z.number(),
  /** Digest and name of the other model. */
  against: z.string(),
  againstName: z.string(),
  allowed: z.boolean(),
  folders: z.array(proofFolder.pick({ folder: true, kind: true, pages: true, differenceDb: true })),
});
export type ModelComparison = z.infer<typeof modelComparison>;

/** A model that was made here, or can be proven. */
export const candidateModel = z.object({
  sha256: z.string(),
  name: z.string(),
  addedAt: z.number().nullable(),
  /** What it learnt from and went on from; null for a model from elsewhere. */
  origin: z
    .object({
      set: z.string(),
      parent: z.string(),
      parentName: z.string(),
      /** How far it went from the parent towards what was learnt, 0..1; null when its card does not tell. */
      share: z.number().nullable(),
    })
    .nullable(),
  inUse: z.boolean(),
  /** Its newest comparison with the model in use. */
  proof: z.object({ id: z.number().int(), at: z.number(), report: proofReport }).nullable(),
  /** All its comparisons, newest first. */
  comparisons: z.array(modelComparison),
});
export type CandidateModel = z.infer<typeof candidateModel>;

export const promotionRecord = z.object({
  kind: z.enum(['promotion', 'roll-back']),
  before: z.string(),
  after: z.string(),
  reason: z.string().nullable(),
  who: z.string(),
  at: z.number(),
});
export type PromotionRecord = z.infer<typeof promotionRecord>;

/** Everything about learning that the window shows. */
export const learningState = z.object({
  /** Pages that are accepted now. */
  accepted: z.number().int(),
  sets: z.array(z.object({ hash: z.string(), createdAt: z.number(), figures: trainingSetFigures })),
  runs: z.array(trainingRun),
  models: z.array(candidateModel),
  /** Name of the model in use; null where none is. */
  inUse: z.string().nullable(),
  promotions: z.array(promotionRecord),
  /** Name of the model that a roll-back would bring back; null where there is none. */
  rollBackTo: z.string().nullable(),
  /** What is being done beside fine-tuning. */
  activity: z
    .object({
      kind: z.enum(['set', 'proof']),
      /** Model that is proven. */
      candidate: z.string().nullable(),
      done: z.number().int(),
      total: z.number().int(),
    })
    .nullable(),
  /** Why the last of these ended early, in words; and accepted pages that the last set leaves out. */
  problem: z.string().nullable(),
  leftOut: z.array(z.object({ page: z.string(), why: z.string() })),
});
export type LearningState = z.infer<typeof learningState>;
