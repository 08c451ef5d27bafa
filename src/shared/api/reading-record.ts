import { z } from 'zod';
import { documentKey, pageReview, reviewState } from './edit-record.ts';

/** How pages are read: by one person, or by two who do not see each other's work, and by a third decision on both. */
export const readingMode = z.enum(['one', 'two']);
export type ReadingMode = z.infer<typeof readingMode>;

/**
 * How far the double reading of a page is: `first` and `second` wait for that reader to finish, `adjudicate` for somebody to
 * decide between the two, `decided` for nothing.
 */
export const readingStage = z.enum(['first', 'second', 'adjudicate', 'decided']);
export type ReadingStage = z.infer<typeof readingStage>;

/** What the queue is filtered by: a stage, or `mine` for pages that the reader can take up or has not finished. */
export const readingFilter = z.enum(['mine', ...readingStage.options]);
export type ReadingFilter = z.infer<typeof readingFilter>;

/** Who reads here, and how. */
export const readingState = z.object({
  mode: readingMode,
  /** Name that everything done in this window is signed with. */
  reader: z.string(),
  byStage: z.record(readingStage, z.number().int()),
});
export type ReadingState = z.infer<typeof readingState>;

export const readingChange = z.object({
  window: z.string().min(1).max(64),
  mode: readingMode.optional(),
  reader: z
    .string()
    .transform((name) => name.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1, 'a name has at least one letter').max(40, 'a name has at most 40 letters'))
    .optional(),
});

/** Where a page stands for the reader at this window. */
export const pageReading = z.object({
  stage: readingStage,
  /** Whose work the page shows and takes: a reader's own, or '' for the page's. */
  seat: z.string(),
  /** The reader's own state of review; null where he does not read this page. */
  mine: reviewState.nullable(),
  /** Whether two others read it, so that there is nothing to do here for this reader. */
  taken: z.boolean(),
  /** How near the two readings came, decibels; null until both are finished. */
  agreementDb: z.number().nullable(),
});
export type PageReadingState = z.infer<typeof pageReading>;

const base64Document = z.object({ key: documentKey, value: z.string() });

/** A finished reading, on the digitization that the page is at. */
export const finishedReading = z.object({
  reader: z.string(),
  review: pageReview,
  documents: z.array(base64Document),
});
export type FinishedReading = z.infer<typeof finishedReading>;

/** The documents of a page as they once were, on the digitization that it is at now. */
export const pastDocuments = z.object({ documents: z.array(base64Document) });
