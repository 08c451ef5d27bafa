import { sqrt } from '../graph/activations.ts';
import { add, div, mul, sub } from '../graph/arithmetic.ts';
import { fixedShape, type Graph, type Value } from '../graph/graph.ts';
import { reduceSum } from '../graph/reduce-sum.ts';
import { reshape } from '../graph/shaping.ts';

/** Keeps the division finite for a kernel of equal numbers. */
const EPSILON = 1e-8;

/**
 * Weight standardisation inside the graph: each output's kernel gets mean 0 and standard deviation
 * `gain * sqrt(2 / fan-in)`.
 *
 * @param kernel [O, I, k, k]
 * @param gain [O]
 */
export function standardise(graph: Graph, kernel: Value, gain: Value): Value {
  const [outputs, inputs, size] = fixedShape(kernel) as [number, number, number];
  const fanIn = inputs * size * size;
  const axes = [1, 2, 3];
  const share = graph.scalar(1 / fanIn);
  const mean = mul(graph, reduceSum(graph, kernel, { axes, keep: true }), share);
  const centred = sub(graph, kernel, mean);
  const squares = reduceSum(graph, mul(graph, centred, centred), { axes, keep: true });
  const deviation = sqrt(graph, add(graph, mul(graph, squares, share), graph.scalar(EPSILON)));
  const scale = mul(graph, reshape(graph, gain, [outputs, 1, 1, 1]), graph.scalar(Math.sqrt(2 / fanIn)));
  return mul(graph, centred, div(graph, scale, deviation));
}

/** The same on plain numbers: the kernel that a standardised layer convolves with. */
export function foldStandardisation(kernel: Float32Array, gain: Float32Array): Float32Array {
  const fanIn = kernel.length / gain.length;
  const folded = new Float32Array(kernel.length);
  for (let output = 0; output < gain.length; output++) {
    const own = kernel.subarray(output * fanIn, (output + 1) * fanIn);
    const mean = own.reduce((sum, value) => sum + value, 0) / fanIn;
    const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / fanIn;
    const scale = (gain[output]! * Math.sqrt(2 / fanIn)) / Math.sqrt(variance + EPSILON);
    for (let k = 0; k < fanIn; k++) folded[output * fanIn + k] = (own[k]! - mean) * scale;
  }
  return folded;
}
