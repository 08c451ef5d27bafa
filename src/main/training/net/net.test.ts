import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../core/synthesis/random.ts';
import { writeOnnx } from '../../../formats/onnx/write-onnx.ts';
import { gradients } from '../graph/gradients.ts';
import { createGraph } from '../graph/graph.ts';
import { toModel } from '../graph/to-model.ts';
import { createPlaneMeter } from '../measure-planes.ts';
import { openStepSession, type Batch } from '../step-session.ts';
import { inferenceModel } from './inference-model.ts';
import { initParameters } from './init-parameters.ts';
import { layOutParameters } from './parameter-layout.ts';
import { segmentationLoss } from './segmentation-loss.ts';

const SHAPE = { widths: [4, 6], classes: 4 };
const PATCH = 16;

function randomBatch(size: number): Batch {
  const random = createRandom(3);
  const bytes = (n: number) => Uint8Array.from({ length: n }, () => random.integer(0, 255));
  const area = size * PATCH * PATCH;
  return { image: bytes(3 * area), target: bytes(4 * area), weight: bytes(area) };
}

describe('the network', () => {
  test('has the published number of parameters', () => {
    expect(layOutParameters({ widths: [24, 48, 72, 96], classes: 4 }).length).toBe(554512);
  });

  test('has a gradient that agrees with finite differences of the whole loss', async () => {
    const layout = layOutParameters(SHAPE);
    const session = await openStepSession(SHAPE, { batch: 2, patchPx: PATCH, classWeights: [2, 1, 1, 0.5] });
    const batch = randomBatch(2);
    const jitter = createRandom(6);
    // Fresh biases are 0: where all inputs are 0 the sum would sit in the corner of the ReLU.
    const parameters = initParameters(layout, createRandom(5)).map((p) => p + jitter.normal(0, 0.05));
    const { gradient } = await session.run(batch, parameters);
    const random = createRandom(9);
    for (const { layer, kernelAt, end } of layout.places) {
      // Along a random direction of the layer's own parameters.
      const direction = Float32Array.from({ length: layout.length }, (_, k) =>
        k >= kernelAt && k < end ? random.normal(0, 1) : 0,
      );
      const length = Math.hypot(...direction);
      const at = async (step: number) =>
        (
          await session.run(
            batch,
            parameters.map((p, k) => p + (step * direction[k]!) / length),
          )
        ).loss;
      const step = 0.002;
      const difference = ((await at(step)) - (await at(-step))) / (2 * step);
      const exact = gradient.reduce((sum, g, k) => sum + (g * direction[k]!) / length, 0);
      expect(Math.abs(difference - exact), layer.name).toBeLessThan(3e-4 + 0.03 * Math.abs(exact));
    }
    expect(Math.hypot(...gradient)).toBeGreaterThan(0.05);
    await session.close();
  });

  test('gives the same bits at every run', async () => {
    const layout = layOutParameters(SHAPE);
    const parameters = initParameters(layout, createRandom(5));
    const runs = [];
    for (let k = 0; k < 2; k++) {
      const session = await openStepSession(SHAPE, { batch: 2, patchPx: PATCH });
      runs.push(await session.run(randomBatch(2), parameters));
      await session.close();
    }
    expect(runs[0]).toEqual(runs[1]);
  });

  test('says the same when it is exported', async () => {
    const layout = layOutParameters(SHAPE);
    const parameters = initParameters(layout, createRandom(5));
    const batch = randomBatch(1);
    const training = await openStepSession(SHAPE, { batch: 1, patchPx: PATCH, crossEntropyWeight: 2 });
    const { loss, overlap, squares } = await training.run(batch, parameters);
    await training.close();

    const session = await ort.InferenceSession.create(writeOnnx(inferenceModel(SHAPE, parameters)));
    const image = Float32Array.from(batch.image, (value) => value / 255);
    const result = await session.run({ image: new ort.Tensor('float32', image, [1, 3, PATCH, PATCH]) });
    const found = result['probabilities']!.data as Float32Array;
    const names = ['a', 'b', 'c', 'd'];
    const meter = createPlaneMeter(names, 2);
    const area = PATCH * PATCH;
    for (let c = 0; c < 4; c++) {
      const plane = (values: Float32Array) => values.subarray(c * area, (c + 1) * area);
      meter.add(c, plane(found), batch.target.subarray(c * area, (c + 1) * area), batch.weight);
    }
    const measured = meter.result();
    names.forEach((name, c) =>
      expect(measured.classes[name]!.dice).toBeCloseTo((2 * overlap[c]!) / squares[c]!, 3),
    );
    expect(measured.loss).toBeCloseTo(loss, 4);
    await session.release();
  });
});

describe('the loss', () => {
  const SIDE = 32;
  const area = SIDE * SIDE;
  const share = Float32Array.from({ length: area }, (_, k) => (k % 9) / 8);

  /** Loss and its derivative by the logits of one class, all pixels weighted but the last. */
  async function lossAt(probability: (k: number) => number, truth = share) {
    const graph = createGraph();
    const dims = [1, 1, SIDE, SIDE];
    const logits = graph.input('logits', 'float32', dims);
    const target = graph.constant(dims, truth);
    const weight = graph.constant(
      dims,
      share.map((_, k) => (k === area - 1 ? 0 : 1)),
    );
    const { loss, overlap, squares } = segmentationLoss(graph, logits, target, weight);
    const [gradient] = gradients(graph, loss, [logits]);
    const model = toModel(graph.build('loss', { loss, overlap, squares, gradient: gradient! }));
    const session = await ort.InferenceSession.create(writeOnnx(model));
    const z = share.map((_, k) => {
      const p = Math.max(1e-4, Math.min(1 - 1e-4, probability(k)));
      return Math.log(p / (1 - p));
    });
    const result = await session.run({ logits: new ort.Tensor('float32', z, dims) });
    await session.release();
    return {
      loss: (result['loss']!.data as Float32Array)[0]!,
      dice:
        (2 * (result['overlap']!.data as Float32Array)[0]!) / (result['squares']!.data as Float32Array)[0]!,
      gradient: result['gradient']!.data as Float32Array,
    };
  }

  test('is least where the output is the share itself, edges included', async () => {
    const exact = await lossAt((k) => share[k]!);
    expect(exact.dice).toBeGreaterThan(0.9999);
    expect(Math.max(...exact.gradient.map(Math.abs))).toBeLessThan(1e-4);
    const harder = await lossAt((k) => (share[k]! > 0.5 ? 1 : 0));
    const softer = await lossAt((k) => 0.5 + 0.8 * (share[k]! - 0.5));
    expect(harder.loss).toBeGreaterThan(exact.loss + 0.02);
    expect(softer.loss).toBeGreaterThan(exact.loss + 0.005);
  });

  test('does not make a few doubtful pixels of an absent class cost like missed lines of a present one', async () => {
    const doubtful = await lossAt((k) => (k < 4 ? 0.3 : 0), new Float32Array(area));
    const line = Float32Array.from({ length: area }, (_, k) => (k < 2 * SIDE ? 1 : 0));
    const missed = await lossAt(() => 0, line);
    expect(doubtful.loss).toBeGreaterThan(0);
    expect(doubtful.loss).toBeLessThan(0.1 * missed.loss);
  });

  test('does not look at pixels of weight 0', async () => {
    const a = await lossAt(() => 0.3);
    const b = await lossAt((k) => (k === area - 1 ? 0.99 : 0.3));
    expect(b.loss).toBe(a.loss);
    expect(a.gradient[area - 1]).toBeCloseTo(0, 12);
  });
});

test('weights per class silence classes one by one', async () => {
  const layout = layOutParameters(SHAPE);
  const parameters = initParameters(layout, createRandom(5));
  const common = await openStepSession(SHAPE, { batch: 2, patchPx: PATCH });
  const single = await common.run(randomBatch(2), parameters);
  await common.close();
  const session = await openStepSession(SHAPE, { batch: 2, patchPx: PATCH, weightPlanes: 4 });
  const batch = randomBatch(2);
  const area = PATCH * PATCH;
  const spread = (silent: number | null) => {
    const weight = new Uint8Array(8 * area);
    for (let n = 0; n < 2; n++) {
      for (let c = 0; c < 4; c++) {
        if (c !== silent) weight.set(batch.weight.subarray(n * area, (n + 1) * area), (4 * n + c) * area);
      }
    }
    return weight;
  };
  const same = await session.run({ ...batch, weight: spread(null) }, parameters);
  expect(same.loss).toBeCloseTo(single.loss, 5);
  const silenced = await session.run({ ...batch, weight: spread(1) }, parameters);
  expect([...silenced.squares].map((value) => value > 0)).toEqual([true, false, true, true]);
  expect(silenced.overlap[0]).toBeCloseTo(single.overlap[0]!, 3);
  const target = batch.target.slice();
  for (let n = 0; n < 2; n++) target.fill(0, (4 * n + 1) * area, (4 * n + 2) * area);
  const other = await session.run({ ...batch, target, weight: spread(1) }, parameters);
  expect(other).toEqual(silenced);
  await session.close();
});
