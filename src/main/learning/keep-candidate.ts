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
import type { MixChoice } from './choose-mix.ts';
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
  /** What the candidate computes with, how it did on the validation pages, and how it was chosen. */
  readonly parameters: Float32Array;
  readonly metrics: FinetuneMetrics;
  readonly choice: MixChoice;
  /** Step of the best state, from which it was mixed. */
  readonly step: number;
  readonly config: FinetuneConfig;
  readonly replay: TrainingConfig;
  readonly bases: readonly string[];
  readonly checks: FinetuneChecks;
  readonly origin: FinetuneOrigin;
  readonly seconds: number;
  /** What the pages it learnt from teach beside the network, which lies at a path. */
  readonly habitsOf: (path: string) => Promise<PageHabits>;
}

/** Pages whose values set the ranges of 8-bit numbers: synthetic ones, and as many parts of validation pages. */
const CALIBRATION_PAGES = 16;

/**
 * Makes `<name>-<run>.onnx` and its card of the state that a run chose: in 8 bits when asked to, measured once more as
 * it will be used. The card comes last.
 */
export async function keepCandidate(
  out: string,
  shape: NetShape,
  {
    parameters,
    metrics,
    choice,
    step,
    config,
    replay,
    bases,
    checks,
    origin,
    seconds,
    habitsOf,
  }: CandidateOptions,
): Promise<ModelCard> {
  const baseline = JSON.parse(await readFile(join(out, 'baseline.json'), 'utf8')) as FinetuneMetrics;
  const float = encodeModel(shape, parameters);
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
    step,
    seconds: Math.round(seconds),
    data: { trained: origin.trained, heldOut: origin.heldOut, excluded: [] },
    metrics: { step, ...own, replay: forgotten, snrDb, baseline, float: metrics },
    settings: config,
    habits: await habitsOf(path),
    finetuned: { ...origin, mix: choice },
  };
  await replaceFile(join(out, `${name}.json`), `${JSON.stringify(card, null, 2)}\n`);
  return card;
}
