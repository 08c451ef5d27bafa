import * as ort from 'onnxruntime-node';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createRandom } from '../../../core/synthesis/random.ts';
import { readOnnx } from '../../../formats/onnx/read-onnx.ts';
import { findBundledModel } from '../../inference/find-bundled-model.ts';
import { trialTile } from '../../models/trial-tile.ts';
import { encodeModel } from '../export/export-model.ts';
import { toPlanes } from '../to-planes.ts';
import { initParameters } from './init-parameters.ts';
import { layOutParameters } from './parameter-layout.ts';
import { parametersFromModel } from './parameters-from-model.ts';

async function look(model: Uint8Array): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const image = new ort.Tensor('float32', toPlanes(trialTile(128)), [1, 3, 128, 128]);
  const { probabilities } = await session.run({ image });
  await session.release();
  return probabilities!.data as Float32Array;
}

const largest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k]!)), 0);

test('a model goes through its parameters unchanged', async () => {
  const shape = { widths: [4, 6, 8], classes: 4 };
  const random = createRandom(4);
  const parameters = initParameters(layOutParameters(shape), random).map((p) => p + random.normal(0, 0.05));
  const model = encodeModel(shape, parameters);
  const again = parametersFromModel(readOnnx(model));
  expect(again.shape).toEqual(shape);
  expect(largest(await look(model), await look(encodeModel(shape, again.parameters)))).toBeLessThan(1e-5);
});

test('the 8-bit model that comes with the program becomes a float one that sees the same', async () => {
  const bytes = await readFile((await findBundledModel())!.path);
  const { shape, parameters } = parametersFromModel(readOnnx(bytes));
  expect(shape).toEqual({ widths: [32, 48, 96, 160], classes: 4 });
  expect(parameters.length).toBe(1092528);
  const [int8, float] = [await look(bytes), await look(encodeModel(shape, parameters))];
  const mean = int8.reduce((sum, value, k) => sum + Math.abs(value - float[k]!), 0) / int8.length;
  expect(mean).toBeLessThan(0.01);
});

test('a model of another network is refused', () => {
  const shape = { widths: [4, 6], classes: 4 };
  const model = readOnnx(encodeModel(shape, initParameters(layOutParameters(shape), createRandom(1))));
  const initializers = model.graph.initializers.map((one) => ({
    ...one,
    name: one.name.replace('down1', 'other'),
  }));
  expect(() => parametersFromModel({ ...model, graph: { ...model.graph, initializers } })).toThrow(
    /not of the network that is trained here/,
  );
});
