import type { OnnxModel, OnnxValueInfo } from '../../formats/onnx/onnx-model.ts';
import { floatsOf } from '../../formats/onnx/onnx-tensors.ts';
import { readOnnx } from '../../formats/onnx/read-onnx.ts';
import { AppError } from '../../shared/app-error.ts';
import { checkPlanes } from './check-planes.ts';
import { CONTRACT } from './model-contract.ts';

/**
 * Makes sure that a file is a segmentation model which Tracewright can run, before anything native sees it: size, opset,
 * name and shape of input and output, operators, that all data lie inside the file and all numbers are finite.
 *
 * @returns the model as read
 * @throws AppError `too-large`, `corrupt` or `unsupported`, naming what is wrong
 */
export function checkModel(bytes: Uint8Array): OnnxModel {
  if (bytes.length > CONTRACT.maxBytes) {
    throw new AppError(
      'too-large',
      `The model has ${(bytes.length / 2 ** 20).toFixed(1)} MB; at most ${CONTRACT.maxBytes / 2 ** 20} MB are run.`,
    );
  }
  const model = readOnnx(bytes);
  for (const [domain, version] of Object.entries(model.opsets)) {
    if (domain !== '' || version < CONTRACT.opsets.min || version > CONTRACT.opsets.max) {
      throw new AppError(
        'unsupported',
        `The model needs operator set ${version} of "${domain || 'ai.onnx'}"; ` +
          `${CONTRACT.opsets.min} to ${CONTRACT.opsets.max} of "ai.onnx" are run.`,
      );
    }
  }
  if (!('' in model.opsets)) throw new AppError('unsupported', 'The model names no operator set.');
  const { inputs, outputs } = model.graph;
  checkValue('input', inputs, CONTRACT.input, 3);
  checkValue('output', outputs, CONTRACT.output, CONTRACT.classes.length);
  for (const tensor of model.graph.initializers) {
    if (tensor.dataType === 'float32' && !floatsOf(tensor).every(Number.isFinite)) {
      throw new AppError(
        'corrupt',
        `The model's constant "${tensor.name}" holds numbers that are not finite.`,
      );
    }
  }
  const channels = checkPlanes(model.graph);
  if (channels !== CONTRACT.classes.length) {
    throw new AppError(
      'unsupported',
      `The model tells ${channels} classes apart, not ${CONTRACT.classes.length}.`,
    );
  }
  return model;
}

function checkValue(
  kind: 'input' | 'output',
  values: readonly OnnxValueInfo[],
  name: string,
  channels: number,
): void {
  const [value] = values;
  if (values.length !== 1 || !value || value.name !== name) {
    const found = values.map((one) => `"${one.name}"`).join(', ') || 'none';
    throw new AppError('unsupported', `The model's ${kind} should be "${name}" alone; it has ${found}.`);
  }
  const { dims, dataType } = value;
  const fits =
    dataType === 'float32' &&
    dims?.length === 4 &&
    dims[1] === channels &&
    [0, 2, 3].every((axis) => typeof dims[axis] === 'string');
  if (!fits) {
    throw new AppError(
      'unsupported',
      `The model's ${kind} "${name}" should be float32 [N, ${channels}, H, W] of any N, H and W; ` +
        `it is ${dataType} [${dims?.join(', ') ?? '?'}].`,
    );
  }
}
