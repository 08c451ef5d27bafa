import type { OnnxDim } from '../../../formats/onnx/onnx-model.ts';
import { fixedShape, type Graph, type Value } from './graph.ts';

/** Sum over some axes (all when absent), keeping them as length 1 when `keep` is set. */
export function reduceSum(
  graph: Graph,
  x: Value,
  options: { readonly axes?: readonly number[]; readonly keep?: boolean } = {},
): Value {
  const { axes = [...x.shape.keys()], keep = false } = options;
  if (axes.length === 0) return x;
  const kept = x.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  const shape = keep ? kept : x.shape.filter((_, axis) => !axes.includes(axis));
  const output = graph.emit('ReduceSum', [x, graph.integers(axes)], shape, {
    keepdims: { kind: 'int', value: keep ? 1 : 0 },
  });
  return graph.record(output, [x], (gradient) => {
    const row = keep ? gradient : emitReshape(graph, gradient, kept);
    return [graph.emit('Expand', [row, graph.integers(fixedShape(x))], x.shape)];
  });
}

/** A reshape without derivative, for use inside derivatives. */
export function emitReshape(graph: Graph, x: Value, shape: readonly OnnxDim[]): Value {
  return graph.emit('Reshape', [x, graph.integers(fixedShape({ name: x.name, shape }))], shape);
}

/** Sums a derivative over the axes along which an operand of this shape was broadcast. */
export function unbroadcast(graph: Graph, gradient: Value, shape: readonly OnnxDim[]): Value {
  const lead = gradient.shape.length - shape.length;
  const axes = [...gradient.shape.keys()].filter(
    (axis) => axis < lead || (shape[axis - lead] === 1 && gradient.shape[axis] !== 1),
  );
  if (axes.length === 0) return gradient;
  const kept = gradient.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  const sum = graph.emit('ReduceSum', [gradient, graph.integers(axes)], kept, {
    keepdims: { kind: 'int', value: 1 },
  });
  return lead > 0 ? emitReshape(graph, sum, shape) : sum;
}
