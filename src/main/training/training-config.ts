import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { SYNTH_PRESETS } from '../../core/synthesis/random-page/synth-preset.ts';
import { SEGMENT_CLASSES } from '../../core/mask/segment-classes.ts';
import { AppError } from '../../shared/app-error.ts';

const count = (least = 1) => z.int().min(least);

/** Settings of a training run; see docs/training.md for each field. */
const trainingConfigSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  seed: z.int(),
  net: z.strictObject({ widths: z.array(count()).min(2).max(4) }),
  steps: count(),
  batch: count(),
  patchPx: count(),
  rate: z.strictObject({ peak: z.number().positive(), warmupSteps: count(0) }),
  decay: z.number().min(0).default(0.01),
  clip: z.number().positive().default(1),
  averageDecay: z.number().min(0).max(1).default(0.995),
  loss: z
    .strictObject({
      classWeights: z.array(z.number().min(0)).optional(),
      crossEntropyWeight: z.number().min(0).optional(),
    })
    .default({}),
  data: z.strictObject({
    records: z.array(z.string()).default([]),
    /** Records that are never trained on, of each folder. */
    holdOut: count(0).default(0),
    /** Records left out altogether, by name. */
    exclude: z.array(z.string()).default([]),
    simulatedShare: z.number().min(0).max(1).default(0.3),
    presets: z.array(z.enum(SYNTH_PRESETS)).min(1).optional(),
    cropPx: count(),
    patchesPerPage: count(),
    pagesPerBlock: count(),
    /** How often each patch is used, differently turned and coloured. */
    uses: count().default(1),
    /** Share of the patches laid over ink of each class; the rest lies anywhere. */
    focus: z
      .partialRecord(z.enum(SEGMENT_CLASSES), z.number().min(0).max(1))
      .default({ trace: 0.5, mark: 0.15, text: 0.25 }),
    colourJitter: z.number().min(0).max(1).default(0.1),
  }),
  validation: z.strictObject({
    pages: count(),
    cropPx: count(),
    everySteps: count(),
    /** Validations without improvement after which training ends. */
    patience: count().default(1_000_000),
  }),
  checkpointSeconds: z.number().min(0).default(120),
  logEverySteps: count().default(20),
  threads: count().default(1),
  workers: count().default(1),
});

export type TrainingConfig = z.infer<typeof trainingConfigSchema>;

/**
 * Checks settings and fills in defaults.
 *
 * @throws AppError `usage` naming the first field that is wrong
 */
export function parseTrainingConfig(settings: unknown): TrainingConfig {
  const { success, data, error } = trainingConfigSchema.safeParse(settings);
  if (!success) {
    const [issue] = error.issues;
    throw new AppError('usage', `Training settings, ${issue!.path.join('.') || 'top'}: ${issue!.message}.`);
  }
  const stride = 2 ** data.net.widths.length;
  for (const [field, px] of [
    ['patchPx', data.patchPx],
    ['validation.cropPx', data.validation.cropPx],
  ] as const) {
    if (px % stride !== 0) throw new AppError('usage', `${field} is ${px}, not a multiple of ${stride}.`);
  }
  if (data.patchPx > data.data.cropPx) {
    throw new AppError(
      'usage',
      `Patches of ${data.patchPx} px do not fit into crops of ${data.data.cropPx} px.`,
    );
  }
  if (data.data.records.length === 0 && data.data.simulatedShare < 1) {
    throw new AppError('usage', 'Without data.records, data.simulatedShare has to be 1.');
  }
  return data;
}

/** Reads settings from a JSON file. @throws AppError `not-found`, `usage` */
export async function readTrainingConfig(path: string): Promise<TrainingConfig> {
  let text;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new AppError('not-found', `The training settings ${path} cannot be read.`, { cause });
  }
  let settings;
  try {
    settings = JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('usage', `${path} is no JSON: ${(cause as Error).message}.`, { cause });
  }
  return parseTrainingConfig(settings);
}

/**
 * Digest of the settings on which a resumed run depends. The number of steps is not among them, so that a run can be
 * made longer or shorter on the way, nor how often is logged and by how many threads.
 */
export function fingerprintOf(config: TrainingConfig): string {
  const free = ['checkpointSeconds', 'logEverySteps', 'threads', 'workers', 'steps'];
  const fixed = Object.entries(config).filter(([key]) => !free.includes(key));
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(fixed)))
    .digest('hex')
    .slice(0, 16);
}
