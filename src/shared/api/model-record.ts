import { z } from 'zod';

/** A model by which pages can be looked at: the one that comes with the program, or an imported one by its id. */
export const modelKey = z.union([z.literal('bundled'), z.number().int().positive()]);
export type ModelKey = z.infer<typeof modelKey>;

/** What looks at pages; `none`: the classical reading alone. */
export const modelChoice = z.union([modelKey, z.literal('none')]);
export type ModelChoice = z.infer<typeof modelChoice>;

/** What is known about how a model was made, from its card. */
export const modelFacts = z.object({
  contract: z.string(),
  /** Training steps, and seconds they took. */
  step: z.number(),
  seconds: z.number(),
  precision: z.string(),
  opset: z.number().int(),
  /** State of the sources it was trained with. */
  revision: z.string().nullable(),
  trainedRecords: z.number().int(),
  heldOutRecords: z.number().int(),
  /** Soft Dice on held-out records by class, 0..1; null when not measured. */
  dice: z.record(z.string(), z.number()).nullable(),
});
export type ModelFacts = z.infer<typeof modelFacts>;

export const modelEntry = z.object({
  key: modelKey,
  name: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  facts: modelFacts.nullable(),
  /** Path it came from, and when, milliseconds since 1970; null for the bundled one. */
  source: z.string().nullable(),
  addedAt: z.number().nullable(),
  /** Why it cannot be used, in words. */
  problem: z.string().nullable(),
});
export type ModelEntry = z.infer<typeof modelEntry>;

export const providerEntry = z.object({
  /** As ONNX Runtime calls it. */
  name: z.string(),
  state: z.enum(['usable', 'unusable']),
  /** For a tile of 512 x 512 pixels; null when not usable. */
  milliseconds: z.number().nullable(),
  /** Why it is not usable, in words. */
  reason: z.string().nullable(),
});
export type ProviderEntry = z.infer<typeof providerEntry>;

/** Everything about models that the window shows. */
export const modelsState = z.object({
  choice: modelChoice,
  /** Whether pages are looked at in the mirror, too. */
  mirror: z.boolean(),
  models: z.array(modelEntry),
  /** `auto`: the quickest; or the name of one. */
  provider: z.string(),
  /** The one that looks at the next page; null when no model does. */
  running: z.string().nullable(),
  /** Why that one, in words. */
  why: z.string(),
  /** Those tried so far with the chosen model, on this machine. */
  providers: z.array(providerEntry),
  checking: z.boolean(),
  /** Why the trials did not come to an end, in words. */
  providerProblem: z.string().nullable(),
});
export type ModelsState = z.infer<typeof modelsState>;

/** What a person changes about how pages are looked at. */
export const modelChange = z.object({
  model: modelChoice.optional(),
  mirror: z.boolean().optional(),
  provider: z.string().min(1).max(40).optional(),
});
export type ModelChange = z.infer<typeof modelChange>;
