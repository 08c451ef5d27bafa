import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import type { Raster } from '../../../core/image/raster.ts';
import { createRandom } from '../../../core/synthesis/random.ts';
import { writeOnnx } from '../../../formats/onnx/write-onnx.ts';
import { checkModel } from '../../inference/check-model.ts';
import { inferenceModel } from '../net/inference-model.ts';
import { initParameters } from '../net/init-parameters.ts';
import { layOutParameters } from '../net/parameter-layout.ts';
import { toPlanes } from '../to-planes.ts';
import { activationValues } from './activation-values.ts';
import { measureRanges } from './measure-ranges.ts';
import { quantiseModel } from './quantise-model.ts';

const SHAPE = { widths: [8, 12], classes: 4 };
const MODEL = inferenceModel(SHAPE, initParameters(layOutParameters(SHAPE), createRandom(2)));

function picture(seed: number): Raster {
  const random = createRandom(seed);
  const data = Uint8Array.from({ length: 32 * 32 * 3 }, () => random.integer(0, 255));
  return { data, width: 32, height: 32, channels: 3 };
}

async function run(bytes: Uint8Array, input: Raster): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const image = new ort.Tensor('float32', toPlanes(input), [1, 3, 32, 32]);
  const planes = (await session.run({ image }))['probabilities']!.data as Float32Array;
  await session.release();
  return planes;
}

describe('quantiseModel', () => {
  test('says nearly the same in 8 bits, keeps the contract, and is a quarter of the size', async () => {
    const names = activationValues(MODEL.graph);
    const ranges = await measureRanges(MODEL, names, [picture(1), picture(2), picture(3)]);
    const bytes = writeOnnx(quantiseModel(MODEL, ranges));
    checkModel(bytes);
    const plain = writeOnnx(MODEL);
    const [exact, coarse] = [await run(plain, picture(3)), await run(bytes, picture(3))];
    const errors = exact.map((value, k) => Math.abs(value - coarse[k]!));
    expect(errors.reduce((sum, e) => sum + e, 0) / errors.length).toBeLessThan(0.02);
    expect(Math.max(...errors)).toBeGreaterThan(0);
    const kernels = (model: Uint8Array) =>
      checkModel(model)
        .graph.initializers.filter(({ name }) => /kernel(\.q)?$/.test(name))
        .reduce((sum, tensor) => sum + tensor.bytes.length, 0);
    expect(kernels(bytes)).toBeLessThan(0.35 * kernels(plain));
  });

  test('holds what a ReLU follows only behind it, and leaves the head alone', () => {
    const { nodes } = MODEL.graph;
    const names = new Set(activationValues(MODEL.graph));
    const convolutions = nodes.filter(({ op }) => op === 'Conv');
    expect(names.has(convolutions.at(-1)!.outputs[0]!)).toBe(false);
    expect(names.has(convolutions[0]!.outputs[0]!)).toBe(false);
    for (const { op, inputs, outputs } of nodes) {
      if (op === 'Relu') expect([names.has(inputs[0]!), names.has(outputs[0]!)]).toEqual([false, true]);
      if (op === 'Conv') expect(names.has(inputs[0]!)).toBe(true);
    }
  });

  test('the ranges hold what the values were, and 0', async () => {
    const [stem] = MODEL.graph.nodes
      .filter(({ op }) => op === 'SpaceToDepth')
      .map(({ outputs }) => outputs[0]!);
    const white: Raster = { data: new Uint8Array(32 * 32 * 3).fill(255), width: 32, height: 32, channels: 3 };
    const ranges = await measureRanges(MODEL, [stem!], [white]);
    const { low, high } = ranges.get(stem!)!;
    expect(low).toBe(0);
    expect(high).toBeCloseTo(1.2, 5);
  });
});
