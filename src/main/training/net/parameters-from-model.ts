import type { OnnxModel, OnnxTensor } from '../../../formats/onnx/onnx-model.ts';
import { floatsOf } from '../../../formats/onnx/onnx-tensors.ts';
import { AppError } from '../../../shared/app-error.ts';
import { kernelLength, layOutParameters } from './parameter-layout.ts';
import type { NetShape } from './net-shape.ts';

/**
 * Takes a network's parameters back out of a model that `inferenceModel` made, in floats or in 8 bits, so that training can
 * go on from it. Kernels were folded: their mean is 0 and their deviation is the gain, so the raw kernel is set to the
 * folded one brought to the deviation of a fresh one, which folds into the same numbers. 8-bit kernels hold what rounding
 * left of them, within 1/128 of an output's largest weight.
 *
 * @throws AppError `unsupported` for a model of another network
 */
export function parametersFromModel(model: OnnxModel): { shape: NetShape; parameters: Float32Array } {
  const constants = new Map(model.graph.initializers.map((tensor) => [tensor.name, tensor]));
  const shape = shapeOf(constants);
  const layout = layOutParameters(shape);
  const parameters = new Float32Array(layout.length);
  for (const { layer, kernelAt, gainAt, biasAt } of layout.places) {
    const { name, outputs } = layer;
    const kernel = constant(constants, `${name}.kernel`, kernelLength(layer));
    parameters.set(constant(constants, `${name}.bias`, outputs), biasAt);
    if (gainAt === null) {
      parameters.set(kernel, kernelAt);
      continue;
    }
    const fanIn = kernel.length / outputs;
    const fresh = Math.sqrt(2 / fanIn);
    for (let output = 0; output < outputs; output++) {
      const own = kernel.subarray(output * fanIn, (output + 1) * fanIn);
      const mean = own.reduce((sum, value) => sum + value, 0) / fanIn;
      const deviation = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / fanIn);
      // A silent output has no direction to keep.
      const scale = deviation > 0 ? fresh / deviation : 0;
      own.forEach((value, k) => (parameters[kernelAt + output * fanIn + k] = (value - mean) * scale));
      parameters[gainAt + output] = deviation / fresh;
    }
  }
  return { shape, parameters };
}

function shapeOf(constants: ReadonlyMap<string, OnnxTensor>): NetShape {
  const outputsOf = (name: string): number | undefined =>
    (constants.get(`${name}.kernel`) ?? constants.get(`${name}.kernel.q`))?.dims[0];
  const widths: number[] = [];
  for (let level = 0; ; level++) {
    const width = outputsOf(level === 0 ? 'stem' : `down${level}`);
    if (width === undefined) break;
    widths.push(width);
  }
  const head = outputsOf('head');
  if (widths.length < 2 || head === undefined || head % 4 !== 0) throw another();
  return { widths, classes: head / 4 };
}

function constant(constants: ReadonlyMap<string, OnnxTensor>, name: string, length: number): Float32Array {
  const plain = constants.get(name);
  const whole = constants.get(`${name}.q`);
  const scale = constants.get(`${name}.q.scale`);
  const values = plain ? floatsOf(plain) : whole && scale ? dequantised(whole, floatsOf(scale)) : null;
  if (values?.length !== length) throw another();
  return values;
}

function dequantised({ bytes, dataType }: OnnxTensor, scale: Float32Array): Float32Array {
  const { buffer } = Uint8Array.from(bytes);
  const whole = dataType === 'int8' ? new Int8Array(buffer) : new Int32Array(buffer);
  const perOutput = whole.length / scale.length;
  return Float32Array.from(whole, (value, k) => value * scale[Math.floor(k / perOutput)]!);
}

const another = (): AppError =>
  new AppError(
    'unsupported',
    'This model is not of the network that is trained here, so it cannot be learnt on from. Choose the one that comes with the program, or one that was made from it.',
  );
