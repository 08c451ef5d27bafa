import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CONTRACT } from '../../inference/model-contract.ts';
import type { ModelCard } from '../../inference/model-card.ts';
import { writeOnnx } from '../../../formats/onnx/write-onnx.ts';
import { OPSET } from '../graph/to-model.ts';
import type { SegmentationMetrics } from '../measure-planes.ts';
import { inferenceModel } from '../net/inference-model.ts';
import type { NetShape } from '../net/net-shape.ts';
import { replaceFile } from '../replace-file.ts';
import type { TrainingConfig } from '../training-config.ts';

export interface ExportOptions {
  readonly config: TrainingConfig;
  readonly step: number;
  readonly seconds: number;
  /** With the step at which they were measured. */
  readonly metrics: (SegmentationMetrics & { readonly step: number }) | null;
  /** State of the sources, as the caller knows it. */
  readonly revision: string | null;
  readonly trained: readonly string[];
  readonly heldOut: readonly string[];
}

/** The bytes of a model that can be used. */
export function encodeModel(shape: NetShape, parameters: Float32Array): Uint8Array {
  return writeOnnx(inferenceModel(shape, parameters, { contract: CONTRACT.name }));
}

/** Writes `<name>.onnx` and its card `<name>.json` into a folder; the card comes last and names the model's digest. */
export async function exportModel(
  folder: string,
  name: string,
  model: Uint8Array,
  options: ExportOptions,
): Promise<void> {
  const { config, step, seconds, metrics, revision, trained, heldOut } = options;
  const card: ModelCard = {
    name: config.name,
    file: `${name}.onnx`,
    sha256: createHash('sha256').update(model).digest('hex'),
    bytes: model.length,
    contract: CONTRACT.name,
    opset: OPSET,
    precision: 'float32',
    revision,
    step,
    seconds: Math.round(seconds),
    data: { trained: trained.length, heldOut, excluded: config.data.exclude },
    metrics,
    settings: config,
  };
  await replaceFile(join(folder, `${name}.onnx`), model);
  await replaceFile(join(folder, `${name}.json`), `${JSON.stringify(card, null, 2)}\n`);
}
