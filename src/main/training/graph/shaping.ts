import type { OnnxDim } from '../../../formats/onnx/onnx-model.ts';
import { fixedShape, type Graph, type Value } from './graph.ts';
import { emitReshape } from './reduce-sum.ts';

/** The same elements in another shape. */
export function reshape(graph: Graph, x: Value, shape: readonly number[]): Value {
  return graph.record(emitReshape(graph, x, shape), [x], (gradient) => [
    emitReshape(graph, gradient, x.shape),
  ]);
}

/** `length` entries from `start` along one axis. The derivative is padded with zeros. */
export function slice(graph: Graph, x: Value, axis: number, start: number, length: number): Value {
  const shape = x.shape.map((dim, at) => (at === axis ? length : dim));
  return graph.record(emitSlice(graph, x, axis, start, length), [x], (gradient) => {
    const before = shape.map((_, at) => (at === axis ? start : 0));
    const after = shape.map((_, at) => (at === axis ? fixedShape(x)[axis]! - start - length : 0));
    return [graph.emit('Pad', [gradient, graph.integers([...before, ...after])], x.shape)];
  });
}

/** A slice without derivative. */
export function emitSlice(graph: Graph, x: Value, axis: number, start: number, length: number): Value {
  const shape = x.shape.map((dim, at) => (at === axis ? length : dim));
  const integers = [[start], [start + length], [axis]].map((values) => graph.integers(values));
  return graph.emit('Slice', [x, ...integers], shape);
}

/** Joins values along one axis. */
export function concat(graph: Graph, parts: readonly Value[], axis: number): Value {
  const lengths = parts.map((part) => part.shape[axis] as number);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const shape = parts[0]!.shape.map((dim, at) => (at === axis ? total : dim));
  const output = graph.emit('Concat', parts, shape, { axis: { kind: 'int', value: axis } });
  return graph.record(output, parts, (gradient) => {
    let start = 0;
    return lengths.map((length) => {
      start += length;
      return emitSlice(graph, gradient, axis, start - length, length);
    });
  });
}

/** [N, C, H, W] to [N, C b b, H / b, W / b]: each block of b x b pixels becomes channels. */
export function spaceToDepth(graph: Graph, x: Value, block: number): Value {
  return graph.record(emitSpaceToDepth(graph, x, block), [x], (gradient) => [
    emitDepthToSpace(graph, gradient, block),
  ]);
}

/** [N, C b b, H, W] to [N, C, H b, W b], the inverse of `spaceToDepth`. */
export function depthToSpace(graph: Graph, x: Value, block: number): Value {
  return graph.record(emitDepthToSpace(graph, x, block), [x], (gradient) => [
    emitSpaceToDepth(graph, gradient, block),
  ]);
}

function emitSpaceToDepth(graph: Graph, x: Value, block: number): Value {
  const [n, c, h, w] = x.shape as [OnnxDim, number, OnnxDim, OnnxDim];
  const shape = [n, c * block * block, scale(h, 1 / block), scale(w, 1 / block)];
  return graph.emit('SpaceToDepth', [x], shape, { blocksize: { kind: 'int', value: block } });
}

function emitDepthToSpace(graph: Graph, x: Value, block: number): Value {
  const [n, c, h, w] = x.shape as [OnnxDim, number, OnnxDim, OnnxDim];
  const shape = [n, c / (block * block), scale(h, block), scale(w, block)];
  return graph.emit('DepthToSpace', [x], shape, {
    blocksize: { kind: 'int', value: block },
    mode: { kind: 'string', value: 'DCR' },
  });
}

/** A length times a factor; free lengths of intermediate values need no true name. */
function scale(dim: OnnxDim, factor: number): OnnxDim {
  return typeof dim === 'number' ? dim * factor : dim;
}
