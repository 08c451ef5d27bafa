import type { OnnxModel, OnnxNode, OnnxTensor } from '../../../formats/onnx/onnx-model.ts';
import {
  floatsOf,
  floatTensor,
  int32Tensor,
  int8Tensor,
  uint8Tensor,
} from '../../../formats/onnx/onnx-tensors.ts';
import type { ValueRange } from './measure-ranges.ts';

/**
 * Kernels are held within +-64: processors without VNNI add two products in 16 bits, which full 8-bit numbers overflow.
 */
const KERNEL_LIMIT = 64;

/**
 * Static 8-bit quantisation in the QDQ form: values with a known range pass through QuantizeLinear and DequantizeLinear,
 * kernels are stored as int8 with a scale per output channel, biases as int32. The runtime fuses what lies between into
 * integer operators. The last convolution keeps floats: its logits are what sub-pixel shares are made of.
 *
 * @param model a plain inference model
 * @param ranges of the values that become 8-bit
 */
export function quantiseModel(model: OnnxModel, ranges: ReadonlyMap<string, ValueRange>): OnnxModel {
  const { graph } = model;
  const constants = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const initializers = new Map<string, OnnxTensor>(constants);
  const scales = new Map<string, number>();
  const nodes: OnnxNode[] = [];
  const convolutions = graph.nodes.filter(({ op }) => op === 'Conv');
  const last = convolutions.at(-1);

  const store = (tensor: OnnxTensor): string => {
    initializers.set(tensor.name, tensor);
    return tensor.name;
  };
  const dequantise = (tensor: OnnxTensor, scale: Float32Array): string => {
    const { name } = tensor;
    const inputs = [store(tensor), store(floatTensor(`${name}.scale`, [scale.length], scale))];
    const axis = { axis: { kind: 'int' as const, value: 0 } };
    return push(nodes, 'DequantizeLinear', inputs, `${name}.float`, axis);
  };

  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => (ranges.has(name) ? `${name}.float` : name));
    const scale = scales.get(node.inputs[0]!);
    if (node.op === 'Conv' && node !== last && scale !== undefined) {
      const [, kernelName, biasName] = node.inputs as [string, string, string];
      const { values, steps } = quantiseKernel(constants.get(kernelName)!);
      const bias = floatsOf(constants.get(biasName)!);
      const biasSteps = steps.map((step) => step * scale);
      const wholeBias = Int32Array.from(bias, (value, output) => Math.round(value / biasSteps[output]!));
      const { dims } = constants.get(kernelName)!;
      initializers.delete(kernelName);
      initializers.delete(biasName);
      inputs[1] = dequantise(int8Tensor(`${kernelName}.q`, dims, values), steps);
      inputs[2] = dequantise(int32Tensor(`${biasName}.q`, [bias.length], wholeBias), biasSteps);
    }
    nodes.push({ ...node, inputs });
    const [output] = node.outputs as [string];
    const range = ranges.get(output);
    if (range) {
      const step = Math.max(range.high - range.low, 1e-6) / 255;
      const zero = Math.max(0, Math.min(255, Math.round(-range.low / step)));
      scales.set(output, step);
      const parts = [
        store(floatTensor(`${output}.scale`, [], [step])),
        store(uint8Tensor(`${output}.zero`, [], Uint8Array.of(zero))),
      ];
      const bytes = push(nodes, 'QuantizeLinear', [output, ...parts], `${output}.q`);
      push(nodes, 'DequantizeLinear', [bytes, ...parts], `${output}.float`);
    }
  }
  return { ...model, graph: { ...graph, nodes, initializers: [...initializers.values()] } };
}

function push(
  nodes: OnnxNode[],
  op: string,
  inputs: readonly string[],
  output: string,
  attributes: OnnxNode['attributes'] = {},
): string {
  nodes.push({ name: output, op, domain: '', inputs, outputs: [output], attributes });
  return output;
}

/** Symmetric whole numbers and their step, per output channel. */
function quantiseKernel(kernel: OnnxTensor): { values: Int8Array; steps: Float32Array } {
  const floats = floatsOf(kernel);
  const outputs = kernel.dims[0]!;
  const fanIn = floats.length / outputs;
  const values = new Int8Array(floats.length);
  const steps = new Float32Array(outputs);
  for (let output = 0; output < outputs; output++) {
    const own = floats.subarray(output * fanIn, (output + 1) * fanIn);
    const largest = own.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-8);
    steps[output] = largest / KERNEL_LIMIT;
    own.forEach((value, k) => (values[output * fanIn + k] = Math.round(value / steps[output]!)));
  }
  return { values, steps };
}
