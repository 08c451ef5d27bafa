import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PageHabits } from '../../core/learning/page-habits.ts';
import { writeOnnx } from '../../formats/onnx/write-onnx.ts';
import { checkModel } from '../inference/check-model.ts';
import type { ModelCard } from '../inference/model-card.ts';
import { CONTRACT } from '../inference/model-contract.ts';
import { openPageSource } from '../training/data/page-source.ts';
import { activationValues } from '../training/export/activation-values.ts';
import { encodeModel } from '../training/export/export-model.ts';
import { measureRanges } from '../training/export/measure-ranges.ts';
import { quantiseModel } from '../training/export/quantise-model.ts';
import { OPSET } from '../training/graph/to-model.ts';
import type { NetShape } from '../training/net/net-shape.ts';
import { replaceFile } from '../training/replace-file.ts';
import type { TrainingConfig } from '../training/training-config.ts';
import type { FinetuneChecks, FinetuneMetrics } from './finetune-checks.ts';
import type { FinetuneConfig } from './finetune-config.ts';

/** Where a fine-tuned model comes from. */
export interface FinetuneOrigin {
  /** Hash of the training set. */
  readonly set: string;
  /** Digest of the model it went on from, and its name. */
  readonly parent: string;
  readonly parentName: string;
  /** Pages it learnt from, and names of those that stopped it. */
  readonly trained: number;
  readonly heldOut: readonly string[];
  readonly replayShare: number;
  readonly steps: number;
  readonly ended: string;
}

export interface CandidateOptions {
  readonly config: FinetuneConfig;
  readonly replay: TrainingConfig;
  readonly bases: readonly string[];
  readonly checks: FinetuneChecks;
  readonly origin: FinetuneOrigin;
  readonly seconds: number;
  /** Scales of the pages it learnt from. */
  readonly habits: PageHabits;
}

/** Pages whose values set the ranges of 8-bit numbers: synthetic ones, and as many parts of validation pages. */
const CALIBRATION_PAGES = 16;

/**
 * Makes `<name>-<run>.onnx` and its card of a run's best state: in 8 bits when asked to, measured once more as
 * it will be used. The card comes last.
 */
export async function keepCandidate(
  out: string,
  shape: NetShape,
  { config, replay, bases, checks, origin, seconds, habits }: CandidateOptions,
): Promise<ModelCard> {
  const json = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(out, name), 'utf8'));
  const best = (await json('best.json')) as { step: number; metrics: FinetuneMetrics };
  const baseline = (await json('baseline.json')) as FinetuneMetrics;
  const bytes = await readFile(join(out, 'best.bin'));
  const float = encodeModel(shape, new Float32Array(Uint8Array.from(bytes).buffer));
  let model = float;
  if (config.int8) {
    const plain = checkModel(float);
    const source = await openPageSource(replay, bases);
    const drawn = Array.from({ length: CALIBRATION_PAGES }, (_, k) => source.calibrationPage(k).raster);
    const pictures = [...drawn, ...checks.crops.slice(0, CALIBRATION_PAGES)];
    model = writeOnnx(
      quantiseModel(plain, await measureRanges(plain, activationValues(plain.graph), pictures)),
    );
  }
  checkModel(model);
  // Named after its run, so that people can tell candidates apart.
  const name = `${config.name}-${basename(out)}`;
  const path = join(out, `${name}.onnx`);
  await replaceFile(path, model);
  const { own, replay: forgotten, snrDb } = await checks.measure(model, path);
  const card: ModelCard = {
    name,
    file: `${name}.onnx`,
    sha256: createHash('sha256').update(model).digest('hex'),
    bytes: model.length,
    contract: CONTRACT.name,
    opset: OPSET,
    precision: config.int8 ? 'int8' : 'float32',
    revision: null,
    step: best.step,
    seconds: Math.round(seconds),
    data: { trained: origin.trained, heldOut: origin.heldOut, excluded: [] },
    metrics: { step: best.step, ...own, replay: forgotten, snrDb, baseline, float: best.metrics },
    settings: config,
    habits,
    finetuned: origin,
  };
  await replaceFile(join(out, `${name}.json`), `${JSON.stringify(card, null, 2)}\n`);
  return card;
}
