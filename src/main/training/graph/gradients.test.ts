import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../core/synthesis/random.ts';
import { writeOnnx } from '../../../formats/onnx/write-onnx.ts';
import { neg, relu, sigmoid, softplus, sqrt } from './activations.ts';
import { add, div, mul, sub } from './arithmetic.ts';
import { convolve } from './convolve.ts';
import { gradients } from './gradients.ts';
import { createGraph, type Graph, type Value } from './graph.ts';
import { reduceSum } from './reduce-sum.ts';
import { concat, depthToSpace, reshape, slice, spaceToDepth } from './shaping.ts';
import { toModel } from './to-model.ts';

type Expression = (graph: Graph, inputs: Value[]) => Value;

/** Compares every partial derivative of sum(c * f(x)), c random, with central differences. */
async function checkGradient(shapes: number[][], f: Expression, low = -2, step = 1 / 64): Promise<void> {
  const random = createRandom(7);
  const draw = (shape: readonly number[], from: number) =>
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.uniform(from, 2));
  const graph = createGraph();
  const inputs = shapes.map((shape, i) => graph.input(`x${i}`, 'float32', shape));
  const y = f(graph, inputs);
  const weights = graph.constant(y.shape as number[], draw(y.shape as number[], -2));
  const loss = reduceSum(graph, mul(graph, y, weights));
  const outputs: Record<string, Value> = { loss };
  gradients(graph, loss, inputs).forEach((gradient, i) => (outputs[`g${i}`] = gradient));
  const session = await ort.InferenceSession.create(writeOnnx(toModel(graph.build('check', outputs))), {
    intraOpNumThreads: 1,
  });
  const values = shapes.map((shape) => draw(shape, low));
  const run = async () =>
    session.run(
      Object.fromEntries(shapes.map((s, i) => [`x${i}`, new ort.Tensor('float32', values[i]!, s)])),
    );
  const exact = await run();
  for (const [i, value] of values.entries()) {
    const gradient = exact[`g${i}`]!.data as Float32Array;
    expect(exact[`g${i}`]!.dims).toEqual(shapes[i]);
    for (const k of value.keys()) {
      const x = value[k]!;
      const at = async (shifted: number) => {
        value[k] = shifted;
        return ((await run())['loss']!.data as Float32Array)[0]!;
      };
      const difference = ((await at(x + step)) - (await at(x - step))) / (2 * step);
      value[k] = x;
      expect(Math.abs(difference - gradient[k]!), `x${i}[${k}]`).toBeLessThan(
        5e-3 * (1 + Math.abs(gradient[k]!)),
      );
    }
  }
  await session.release();
}

describe('derivatives agree with finite differences', () => {
  test.each<[string, number[][], Expression]>([
    [
      'add',
      [
        [2, 3],
        [2, 3],
      ],
      (g, [a, b]) => add(g, a!, b!),
    ],
    [
      'add, broadcast',
      [
        [2, 1, 3],
        [4, 1],
      ],
      (g, [a, b]) => add(g, a!, b!),
    ],
    ['sub', [[2, 3], [3]], (g, [a, b]) => sub(g, a!, b!)],
    [
      'mul',
      [
        [2, 3],
        [2, 1],
      ],
      (g, [a, b]) => mul(g, a!, b!),
    ],
    ['mul by itself', [[5]], (g, [a]) => mul(g, a!, a!)],
    ['neg', [[4]], (g, [a]) => neg(g, a!)],
    ['sigmoid', [[4, 2]], (g, [a]) => sigmoid(g, a!)],
    ['softplus', [[4, 2]], (g, [a]) => softplus(g, a!)],
    ['reduceSum', [[2, 3, 4]], (g, [a]) => reduceSum(g, a!, { axes: [0, 2] })],
    ['reduceSum, kept', [[2, 3, 4]], (g, [a]) => reduceSum(g, a!, { axes: [1], keep: true })],
    ['reduceSum of all', [[2, 3]], (g, [a]) => reduceSum(g, a!)],
    ['reshape', [[2, 6]], (g, [a]) => reshape(g, a!, [3, 4])],
    ['slice', [[2, 7]], (g, [a]) => slice(g, a!, 1, 2, 3)],
    [
      'concat',
      [
        [1, 2, 2],
        [1, 3, 2],
      ],
      (g, [a, b]) => concat(g, [a!, b!], 1),
    ],
    ['spaceToDepth', [[2, 2, 4, 6]], (g, [a]) => spaceToDepth(g, a!, 2)],
    ['depthToSpace', [[2, 8, 2, 3]], (g, [a]) => depthToSpace(g, a!, 2)],
    [
      'a chain that uses values twice',
      [[3]],
      (g, [a]) => mul(g, sigmoid(g, a!), add(g, a!, softplus(g, a!))),
    ],
  ])('%s', (_name, shapes, f) => checkGradient(shapes, f));

  test('relu away from its corner', () =>
    checkGradient([[20]], (g, [a]) => relu(g, mul(g, a!, g.scalar(3))), -2, 1 / 1024));
  test('div', () =>
    checkGradient(
      [
        [2, 3],
        [1, 3],
      ],
      (g, [a, b]) => div(g, a!, b!),
      0.7,
    ));
  test('sqrt', () => checkGradient([[6]], (g, [a]) => sqrt(g, a!), 0.5));
  test.each([1, 3])('convolve with %i x %i', (size) =>
    checkGradient([[2, 2, 4, 5], [3, 2, size, size], [3]], (g, [x, k, b]) => convolve(g, x!, k!, b!)),
  );
});

test('what the loss does not depend on has derivative 0', async () => {
  const graph = createGraph();
  const a = graph.input('a', 'float32', [2]);
  const b = graph.input('b', 'float32', [2]);
  const [byA, byB] = gradients(graph, reduceSum(graph, a), [a, b]) as [Value, Value];
  const bytes = writeOnnx(toModel(graph.build('zero', { byA, byB })));
  const session = await ort.InferenceSession.create(bytes);
  const two = new ort.Tensor('float32', [3, 4], [2]);
  const result = await session.run({ a: two, b: two });
  expect([...(result['byA']!.data as Float32Array)]).toEqual([1, 1]);
  expect([...(result['byB']!.data as Float32Array)]).toEqual([0, 0]);
});
