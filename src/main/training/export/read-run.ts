import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SEGMENT_CLASSES } from '../../../core/mask/segment-classes.ts';
import { AppError } from '../../../shared/app-error.ts';
import type { ModelCard } from '../../inference/model-card.ts';
import { CONTRACT } from '../../inference/model-contract.ts';
import { OPSET } from '../graph/to-model.ts';
import { layOutParameters } from '../net/parameter-layout.ts';
import { parseTrainingConfig, type TrainingConfig } from '../training-config.ts';
import { encodeModel } from './export-model.ts';

/** A model that a run left, in floats, its card so far, and the settings of the run. */
export interface RunModel {
  readonly bytes: Uint8Array;
  readonly card: ModelCard;
  readonly config: TrainingConfig;
}

/** `<which>.run.json` of a trainer elsewhere. */
const runSchema = z.object({
  settings: z.unknown(),
  step: z.int().min(0),
  seconds: z.number().min(0),
  records: z.object({ trained: z.int().min(0), heldOut: z.array(z.string()) }),
  revision: z.string().nullable(),
  elsewhere: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

/**
 * Takes a model out of the folder of a training run: `<which>.onnx` and its card as `train` leaves them, or, where there is
 * none, `<which>.f32` and `<which>.run.json` as a trainer elsewhere does: all parameters in the order of
 * `layOutParameters`, little-endian float32, and what is known of the run.
 *
 * @throws AppError `not-found` when the run holds neither, `corrupt` when the parameters do not fit the settings
 */
export async function readRun(run: string, which: 'best' | 'latest'): Promise<RunModel> {
  const own = await contentOf(join(run, `${which}.onnx`));
  if (own) {
    const card = JSON.parse(await readFile(join(run, `${which}.json`), 'utf8')) as ModelCard;
    return { bytes: own, card, config: parseTrainingConfig(card.settings) };
  }
  const parameters = await contentOf(join(run, `${which}.f32`));
  if (!parameters) {
    throw new AppError(
      'not-found',
      `${run} holds no ${which}.onnx yet, and no ${which}.f32 of a trainer elsewhere.`,
    );
  }
  return fromElsewhere(run, which, parameters);
}

async function fromElsewhere(run: string, which: string, parameters: Buffer): Promise<RunModel> {
  const path = join(run, `${which}.run.json`);
  const text = await contentOf(path);
  if (!text) throw new AppError('not-found', `${path}, which belongs to the parameters, is not there.`);
  let facts;
  try {
    facts = runSchema.parse(JSON.parse(text.toString('utf8')));
  } catch (cause) {
    throw new AppError('corrupt', `${path} is not what a trainer writes.`, { cause });
  }
  const config = parseTrainingConfig(facts.settings);
  const shape = { widths: config.net.widths, classes: SEGMENT_CLASSES.length };
  const { length } = layOutParameters(shape);
  if (parameters.length !== 4 * length) {
    throw new AppError(
      'corrupt',
      `${which}.f32 in ${run} has ${parameters.length} bytes; a network of ${shape.widths.join('-')} has ${length} parameters of 4.`,
    );
  }
  const view = new DataView(parameters.buffer, parameters.byteOffset, parameters.length);
  const floats = Float32Array.from({ length }, (_, k) => view.getFloat32(4 * k, true));
  if (!floats.every(Number.isFinite)) {
    throw new AppError(
      'corrupt',
      `${which}.f32 in ${run} holds numbers that are not finite: the training failed.`,
    );
  }
  const bytes = encodeModel(shape, floats);
  const { step, seconds, records, revision, elsewhere } = facts;
  const card: ModelCard = {
    name: config.name,
    file: `${which}.onnx`,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    contract: CONTRACT.name,
    opset: OPSET,
    precision: 'float32',
    revision,
    step,
    seconds,
    data: { trained: records.trained, heldOut: records.heldOut, excluded: config.data.exclude },
    metrics: null,
    settings: config,
    elsewhere,
  };
  return { bytes, card, config };
}

const contentOf = (path: string): Promise<Buffer | null> => readFile(path).catch(() => null);
