import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../core/synthesis/random.ts';
import type { OnnxGraph, OnnxModel, OnnxNode } from '../../formats/onnx/onnx-model.ts';
import { floatTensor } from '../../formats/onnx/onnx-tensors.ts';
import { writeOnnx } from '../../formats/onnx/write-onnx.ts';
import { AppError } from '../../shared/app-error.ts';
import { inferenceModel } from '../training/net/inference-model.ts';
import { initParameters } from '../training/net/init-parameters.ts';
import { layOutParameters } from '../training/net/parameter-layout.ts';
import { checkModel } from './check-model.ts';

const SHAPE = { widths: [4, 6], classes: 4 };
const GOOD = inferenceModel(SHAPE, initParameters(layOutParameters(SHAPE), createRandom(1)));

function refusal(change: (model: OnnxModel) => Partial<OnnxModel>): string {
  try {
    checkModel(writeOnnx({ ...GOOD, ...change(GOOD) }));
    return 'accepted';
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return (error as AppError).message;
  }
}

const graph = (change: Partial<OnnxGraph>) => ({ graph: { ...GOOD.graph, ...change } });

/** The model with its first node of one operator changed. */
const node = (op: string, change: Partial<OnnxNode>) => {
  const { nodes } = GOOD.graph;
  const at = nodes.findIndex((one) => one.op === op);
  return graph({ nodes: nodes.with(at, { ...nodes[at]!, ...change }) });
};

describe('checkModel', () => {
  test('accepts what the trainer exports', () => {
    expect(checkModel(writeOnnx(GOOD)).opsets).toEqual({ '': 17 });
  });

  test.each<[string, (model: OnnxModel) => Partial<OnnxModel>, RegExp]>([
    ['another opset', () => ({ opsets: { '': 9 } }), /operator set 9/],
    ['no opset', () => ({ opsets: {} }), /no operator set/],
    ['operators of others', () => ({ opsets: { '': 17, 'com.evil': 1 } }), /"com.evil"/],
    [
      'a second input',
      ({ graph: g }) => graph({ inputs: [...g.inputs, ...g.inputs] }),
      /input should be "image"/,
    ],
    ['another input', ({ graph: g }) => graph({ inputs: [{ ...g.inputs[0]!, name: 'x' }] }), /it has "x"/],
    ['no output', () => graph({ outputs: [] }), /it has none/],
    [
      'a fixed size',
      ({ graph: g }) => graph({ inputs: [{ ...g.inputs[0]!, dims: [1, 3, 512, 512] }] }),
      /any N, H and W/,
    ],
    [
      'bytes as input',
      ({ graph: g }) => graph({ inputs: [{ ...g.inputs[0]!, dataType: 'uint8' }] }),
      /uint8/,
    ],
    [
      'three classes',
      ({ graph: g }) => graph({ outputs: [{ ...g.outputs[0]!, dims: ['N', 3, 'H', 'W'] }] }),
      /4, H/,
    ],
    ['a loop', () => node('Relu', { op: 'Loop' }), /operator Loop/],
    [
      'an operator named like a part of every object',
      () => node('Relu', { op: '__proto__' }),
      /operator __proto__/,
    ],
    ['a foreign Relu', () => node('Relu', { domain: 'com.evil' }), /not among those allowed/],
    ['a missing value', () => node('Relu', { inputs: ['ghost'] }), /"ghost", which nothing makes/],
    ['a node without input', () => node('Relu', { inputs: [] }), /reads nothing/],
    ['a value made twice', ({ graph: g }) => node('Relu', { outputs: [g.nodes[0]!.outputs[0]!] }), /again/],
    [
      'a huge block',
      () => node('DepthToSpace', { attributes: { blocksize: { kind: 'int', value: 64 } } }),
      /no plain block size/,
    ],
    [
      'padding by millions',
      () => node('Conv', { attributes: { pads: { kind: 'ints', value: [1e6, 1e6, 1e6, 1e6] } } }),
      /"pads"/,
    ],
    ['no padding', () => node('Conv', { attributes: {} }), /keep the size/],
    [
      'a kernel for other channels',
      ({ graph: g }) =>
        graph({
          initializers: [
            floatTensor('stem.kernel', [4, 1, 3, 3], new Float32Array(36)),
            ...g.initializers.filter(({ name }) => name !== 'stem.kernel'),
          ],
        }),
      /no kernel for 12 channels/,
    ],
    [
      'numbers that are not finite',
      ({ graph: g }) => graph({ initializers: [...g.initializers, floatTensor('nan', [1], [NaN])] }),
      /"nan" holds numbers/,
    ],
    [
      'a coarse output',
      ({ graph: g }) => graph({ nodes: [...g.nodes.slice(0, -4), g.nodes.at(-1)!] }),
      /which nothing/,
    ],
  ])('refuses %s', (_name, change, message) => {
    expect(refusal(change)).toMatch(message);
  });

  test('refuses files that are too large before reading them', () => {
    expect(() => checkModel(new Uint8Array(26 * 1024 * 1024))).toThrow(/at most 25 MB/);
  });

  test('refuses networks whose blocks do not fit into its pages', () => {
    const deep = { widths: [2, 2, 2, 2, 2], classes: 4 };
    const model = inferenceModel(deep, initParameters(layOutParameters(deep), createRandom(1)));
    expect(() => checkModel(writeOnnx(model))).toThrow(/multiples of more than 16/);
  });

  test('reads or refuses damaged files, never anything else', () => {
    const bytes = writeOnnx(GOOD);
    fc.assert(
      fc.property(fc.nat(3000), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const damaged = bytes.slice();
        damaged[at] = value;
        try {
          checkModel(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
