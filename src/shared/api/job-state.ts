import { z } from 'zod';

export const jobState = z.object({
  paused: z.boolean(),
  running: z.number().int(),
  waiting: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  /** Pages per minute over the last minute; null before the first page. */
  pagesPerMinute: z.number().nullable(),
  /** Why the work paused by itself, in words, e.g. a full disk; absent or null otherwise. */
  problem: z.string().nullish(),
});
export type JobState = z.infer<typeof jobState>;
