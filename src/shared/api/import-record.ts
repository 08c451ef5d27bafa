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
