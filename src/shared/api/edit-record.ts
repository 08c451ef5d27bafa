import { z } from 'zod';

const base64 = z
  .string()
  .max(4_000_000)
  .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);

/** Keys of documents, see `EditDocuments` in core. */
const CELL = '[\\w-]{1,24}';
export const documentKey = z
  .string()
  .regex(
    new RegExp(`^(layout|text|base|(path|pins)/${CELL}|region/r\\d{1,4}|mask/${CELL}/\\d{1,3},\\d{1,3})$`),
  );

/** A change of one document on the wire; see `ByteChange`. */
export const wireChange = z.object({
  key: documentKey,
  at: z.number().int().min(0),
  before: base64.nullable(),
  after: base64.nullable(),
});
export type WireChange = z.infer<typeof wireChange>;

const step = z.object({ label: z.string() }).nullable();

/** Where a page's corrections stand: `revision` counts them, `undo` and `redo` tell what would be next. */
export const editStack = z.object({
  revision: z.number().int(),
  undo: step,
  redo: step,
  /** How many actions can be taken back one after the other. */
  undoable: z.number().int(),
  /** Whether what was done before those was merged. */
  merged: z.boolean(),
});
export type EditStackRecord = z.infer<typeof editStack>;

export const pageEdits = editStack.extend({
  /** Whose they are: '' for the page's own, the reader's name where he reads it for himself. */
  reader: z.string(),
  documents: z.array(z.object({ key: documentKey, value: base64 })),
});

/** Whose corrections it is meant for, as `pageEdits` told; whoever sits there is another meanwhile: `conflict`. */
const meantFor = z.string().max(60).optional();

/** One action. `revision` is the one it was made from, `milliseconds` the time a person spent on it. */
export const editAction = z.object({
  revision: z.number().int(),
  reader: meantFor,
  window: z.string().max(64),
  tool: z.string().min(1).max(24),
  label: z.string().min(1).max(120),
  milliseconds: z.number().int().min(0).max(600_000),
  changes: z.array(wireChange).min(1).max(2000),
});
export type EditAction = z.infer<typeof editAction>;

export const editStep = z.object({
  revision: z.number().int(),
  reader: meantFor,
  window: z.string().max(64),
});

export const editStepAnswer = editStack.extend({ label: z.string(), changes: z.array(wireChange) });

/** One line of a page's history. */
export const historyEntry = z.object({
  id: z.number().int(),
  kind: z.enum(['edit', 'undo', 'redo', 'restore', 'base', 'review']),
  tool: z.string(),
  label: z.string(),
  who: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  milliseconds: z.number().int(),
  model: z.string().nullable(),
  /** Whether it is part of the page as it is now. */
  holds: z.boolean(),
  /** Whether the page can be brought back to where it was after it; not where it was merged with what followed. */
  kept: z.boolean(),
  /** Whether it can be taken back, after those that came later. */
  undoable: z.boolean(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

/** One of the readings of a page that the machine made, and that is kept. */
export const machineReading = z.object({
  /** Counts how often the page was digitized. */
  run: z.number().int(),
  /** Model it was made with; null for none, or where that was not kept. */
  model: z.string().nullable(),
});
export type MachineReading = z.infer<typeof machineReading>;

/** How far a person has come with a page. */
export const reviewState = z.enum(['open', 'in-work', 'accepted', 'rejected', 'second-look']);
export type ReviewState = z.infer<typeof reviewState>;

/** What was decided on a single lead; a lead nobody decided on is `open`. */
export const leadReview = z.enum(['open', 'accepted', 'rejected', 'second-look']);
export type LeadReview = z.infer<typeof leadReview>;

const cellId = z.string().regex(new RegExp(`^${CELL}$`));

export const reviewChange = z.object({
  state: reviewState.optional(),
  /** Why it is rejected or looked at again. */
  reason: z.string().max(400).optional(),
  note: z.string().max(4000).optional(),
  tags: z.array(z.string().min(1).max(40)).max(20).optional(),
  /** Decisions on leads by cell; leads that are not named stay as they are. */
  leads: z.record(cellId, leadReview).optional(),
  /** Why a lead is rejected or looked at again, by cell. */
  leadReasons: z.record(cellId, z.string().max(400)).optional(),
  /** Time spent on the page since it was last told, milliseconds. */
  milliseconds: z.number().int().min(0).max(3_600_000).optional(),
});
export type ReviewChange = z.infer<typeof reviewChange>;

export const pageReview = z.object({
  state: reviewState,
  reason: z.string(),
  note: z.string(),
  tags: z.array(z.string()),
  /** Decisions on leads by cell, without those that are open. */
  leads: z.record(z.string(), leadReview),
  /** Why leads are rejected or looked at again, by cell, where somebody said so. */
  leadReasons: z.record(z.string(), z.string()),
  secondsSpent: z.number(),
  /** Number of actions on the page. */
  edits: z.number().int(),
});
export type PageReview = z.infer<typeof pageReview>;

/** Why a page deserves eyes, the strongest reason in words; 0..1. */
export const attention = z.object({ score: z.number(), words: z.string() });
