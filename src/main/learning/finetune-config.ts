import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { SEGMENT_CLASSES } from '../../core/mask/segment-classes.ts';
import { SYNTH_PRESETS } from '../../core/synthesis/random-page/synth-preset.ts';
import { AppError } from '../../shared/app-error.ts';
import { LEARNT_PARTS } from '../training/optimise/learn-mask.ts';
import { parseTrainingConfig, type TrainingConfig } from '../training/training-config.ts';

const count = (least = 1) => z.int().min(least);
const share = z.number().min(0).max(1);

/** Settings of fine-tuning, all with defaults; see docs/learning.md for each. */
const finetuneConfigSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*$/)
    .default('finetuned'),
  seed: z.int().default(1),
  steps: count().default(300),
  batch: count(2).default(8),
  patchPx: count().default(128),
  /** Share of each batch that is synthetic, against forgetting. */
  replay: share.default(0.5),
  rate: z
    .strictObject({ peak: z.number().positive(), warmupSteps: count(0) })
    .default({ peak: 0.0003, warmupSteps: 20 }),
  /** What of the network learns. */
  learn: z.enum(LEARNT_PARTS).default('all'),
  decay: z.number().min(0).default(0.01),
  clip: z.number().positive().default(1),
  averageDecay: share.default(0.97),
  loss: z
    .strictObject({
      classWeights: z.array(z.number().min(0)).length(SEGMENT_CLASSES.length),
      crossEntropyWeight: z.number().min(0),
    })
    .default({ classWeights: [2, 0.5, 0.5, 0.5], crossEntropyWeight: 0.5 }),
  patchesPerPage: count().default(8),
  pagesPerBlock: count().default(8),
  /** Share of the patches laid over ink of each class; the rest lies anywhere. */
  focus: z.partialRecord(z.enum(SEGMENT_CLASSES), share).default({ trace: 0.5, mark: 0.1, text: 0.2 }),
  colourJitter: share.default(0.1),
  replayPages: z
    .strictObject({
      presets: z.array(z.enum(SYNTH_PRESETS)).min(1),
      /** Folders of WFDB records to draw them from, beside simulated recordings. */
      records: z.array(z.string()),
      cropPx: count(),
    })
    .default({ presets: ['mixed', 'mixed', 'mixed', 'damaged', 'photo', 'copy'], records: [], cropPx: 512 }),
  validation: z
    .strictObject({
      everySteps: count(),
      /** Validations without improvement after which it ends. */
      patience: count(),
      cropPx: count(),
      /** Parts of each validation page, of which there are at most `crops` in all. */
      cropsPerPage: count(),
      crops: count(),
      /** Synthetic parts of pages. */
      replay: count(0),
      /** Validation pages that are read whole, for their SNR. */
      snrPages: count(0),
    })
    .default({
      everySteps: 25,
      patience: 5,
      cropPx: 256,
      cropsPerPage: 6,
      crops: 60,
      replay: 12,
      snrPages: 2,
    }),
  /** How far the candidate goes from the model in use towards the best state: what validation pages choose of `shares`. */
  mix: z
    .strictObject({
      shares: z.array(z.number().positive().max(1)).min(1),
      /** Validation pages that are read whole for it, at most. */
      pages: count(),
      /** With fewer of them it is `unproven`. */
      leastPages: count(),
      unproven: z.number().positive().max(1),
    })
    .default({ shares: [0.25, 0.5, 0.75, 1], pages: 8, leastPages: 4, unproven: 0.25 }),
  /** Also ends after so many minutes, those of earlier sittings included; the rate follows the steps. */
  minutes: z.number().positive().default(15),
  checkpointSeconds: z.number().min(0).default(20),
  logEverySteps: count().default(5),
  /** Threads of ONNX Runtime; a core is left to people. */
  threads: count().default(Math.max(1, availableParallelism() - 1)),
  /** Threads that draw synthetic pages; another one reads pages of the set. */
  workers: count().default(1),
  /** It ends in words rather than hold more memory than this. */
  memoryMb: count(300).default(2000),
  /** Whether the candidate computes in 8 bits. */
  int8: z.boolean().default(true),
});

export type FinetuneConfig = z.infer<typeof finetuneConfigSchema>;

/**
 * Checks settings and fills in defaults.
 *
 * @throws AppError `usage` naming the first field that is wrong
 */
export function parseFinetuneConfig(settings: unknown): FinetuneConfig {
  const { success, data, error } = finetuneConfigSchema.safeParse(settings);
  if (!success) {
    const [issue] = error.issues;
    throw new AppError(
      'usage',
      `Fine-tuning settings, ${issue!.path.join('.') || 'top'}: ${issue!.message}.`,
    );
  }
  if (replayCount(data) === data.batch) {
    throw new AppError(
      'usage',
      `replay is ${data.replay}: nothing would be left of a batch of ${data.batch} for the pages.`,
    );
  }
  return data;
}

/** Reads settings from a JSON file. @throws AppError `not-found`, `usage` */
export async function readFinetuneConfig(path: string): Promise<FinetuneConfig> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('not-found', `The fine-tuning settings ${path} cannot be read.`, { cause });
  });
  let settings;
  try {
    settings = JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('usage', `${path} is no JSON: ${(cause as Error).message}.`, { cause });
  }
  return parseFinetuneConfig(settings);
}

/** Patches of a batch that are synthetic. */
export const replayCount = ({ batch, replay }: Pick<FinetuneConfig, 'batch' | 'replay'>): number =>
  Math.round(batch * replay);

/** The settings as those of a training run on synthetic pages alone, which replay is drawn by. */
export function replayConfig(config: FinetuneConfig, widths: readonly number[]): TrainingConfig {
  const { name, seed, steps, patchPx, rate, focus, colourJitter, patchesPerPage, pagesPerBlock, workers } =
    config;
  const { presets, records, cropPx } = config.replayPages;
  return parseTrainingConfig({
    name,
    // Another one than that of the pages, or both would be mirrored alike.
    seed: seed + 1,
    net: { widths },
    steps,
    batch: Math.max(1, replayCount(config)),
    patchPx,
    rate,
    loss: config.loss,
    data: {
      records,
      simulatedShare: records.length > 0 ? 0.3 : 1,
      presets,
      cropPx,
      patchesPerPage,
      pagesPerBlock,
      uses: 2,
      focus,
      colourJitter,
    },
    validation: {
      pages: Math.max(1, config.validation.replay),
      cropPx: config.validation.cropPx,
      everySteps: config.validation.everySteps,
    },
    workers,
  });
}

/** Settings that may be changed when a run goes on: they change when it ends or how quick it is, not what a step does. */
const FREE = ['minutes', 'checkpointSeconds', 'logEverySteps', 'threads', 'workers', 'memoryMb'];

/** Digest of what a run that goes on depends on. */
export function finetuneFingerprint(config: FinetuneConfig, set: string, parent: string): string {
  const fixed = Object.entries(config).filter(([key]) => !FREE.includes(key));
  return createHash('sha256')
    .update(JSON.stringify([set, parent, Object.fromEntries(fixed)]))
    .digest('hex')
    .slice(0, 16);
}
