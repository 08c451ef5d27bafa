import { z } from 'zod';
import { compactionProgress } from './compaction-record.ts';
import { datasetProgress } from './dataset-look.ts';
import { importProgress } from './import-record.ts';
import { jobState } from './job-state.ts';

/** What `/api/events` (server-sent events, one stream) carries, one JSON object per event. */
export const serverEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('jobs'), state: jobState }),
  /** Pages whose summary changed; the queue fetches those it shows. */
  z.object({ type: z.literal('pages'), ids: z.array(z.number().int()) }),
  /** Pages came or went: the list of ids is stale. */
  z.object({ type: z.literal('list') }),
  /** Which window corrects; null: none. */
  z.object({ type: z.literal('lease'), holder: z.string().nullable() }),
  /** Corrections of a page moved on to a revision. */
  z.object({
    type: z.literal('edits'),
    id: z.number().int(),
    /** Whose: '' for the page's own, a name for those of one of its readers. */
    reader: z.string(),
    revision: z.number().int(),
  }),
  /** Who reads here, or how, is another now: pages look otherwise. */
  z.object({ type: z.literal('readers') }),
  z.object({ type: z.literal('folders') }),
  /** Models, the choice among them, or what is known of execution providers changed. */
  z.object({ type: z.literal('models') }),
  /** Training sets, runs, proofs or promotions changed. */
  z.object({ type: z.literal('learning') }),
  z.object({
    type: z.literal('stage'),
    id: z.number().int(),
    stage: z.string(),
    progress: z.number(),
  }),
  /** A model looks at a part of a page: tiles it has seen. */
  z.object({
    type: z.literal('part-look'),
    job: z.string(),
    done: z.number().int(),
    total: z.number().int(),
  }),
  z.object({ type: z.literal('compaction'), progress: compactionProgress }),
  z.object({ type: z.literal('dataset'), progress: datasetProgress }),
  z.object({ type: z.literal('import'), progress: importProgress }),
  z.object({
    type: z.literal('export'),
    exportId: z.string(),
    done: z.number().int(),
    total: z.number().int(),
    failed: z.number().int(),
    finished: z.boolean(),
    message: z.string().nullable(),
  }),
]);
export type ServerEvent = z.infer<typeof serverEvent>;
