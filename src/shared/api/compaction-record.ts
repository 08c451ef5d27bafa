import { z } from 'zod';

/** What of a page's history can still be undone step by step; everything older may be merged. */
export const keepRule = z.object({
  /** Whether old history is merged by itself while nobody works. */
  automatic: z.boolean(),
  /** Actions per page that can always be taken back one by one. */
  actions: z.number().int().min(10).max(100_000),
  /** So can all actions of the last days; 0: their age does not count. */
  days: z.number().int().min(0).max(3650),
});
export type KeepRule = z.infer<typeof keepRule>;

export const DEFAULT_KEEP: KeepRule = { automatic: true, actions: 200, days: 30 };

/** What compaction would do to the project. */
export const compactionPreview = z.object({
  /** Pages and readings with history to be merged. */
  stacks: z.number().int(),
  actions: z.number().int(),
  /** States of pages that stay to be brought back, one for each stretch that is merged. */
  states: z.number().int(),
  /** What those actions take now; what is merged takes a part of it. */
  bytes: z.number().int(),
  /** What all actions of the project take. */
  journalBytes: z.number().int(),
});
export type CompactionPreview = z.infer<typeof compactionPreview>;

/** How far compaction is, or what it did. */
export const compactionProgress = z.object({
  done: z.number().int(),
  total: z.number().int(),
  finished: z.boolean(),
  actions: z.number().int(),
  states: z.number().int(),
  bytesBefore: z.number().int(),
  bytesAfter: z.number().int(),
  /** Why it ended early, in words. */
  message: z.string().nullable(),
});
export type CompactionProgress = z.infer<typeof compactionProgress>;

export const compactionState = z.object({ keep: keepRule, progress: compactionProgress.nullable() });
export type CompactionState = z.infer<typeof compactionState>;
