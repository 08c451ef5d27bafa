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
