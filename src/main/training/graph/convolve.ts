import type { OnnxDim } from '../../../formats/onnx/onnx-model.ts';
import { fixedShape, type Graph, type Value } from './graph.ts';
import { emitReshape } from './reduce-sum.ts';
import { emitSlice } from './shaping.ts';

/**
 * Convolution with a 1x1 or 3x3 kernel at stride 1, zeros around the picture so that the size stays.
 *
 * The derivative by the picture is a convolution with the kernel turned by 180 degrees; that by the kernel is a matrix
 * product over all pixels.
 *
 * @param x [N, I, H, W]
 * @param kernel [O, I, k, k]
 * @param bias [O]
 */
export function convolve(graph: Graph, x: Value, kernel: Value, bias: Value): Value {
  const [n, , h, w] = x.shape as [OnnxDim, number, OnnxDim, OnnxDim];
  const [outputs, , size] = fixedShape(kernel) as [number, number, number, number];
  const output = emitConv(graph, [x, kernel, bias], size, [n, outputs, h, w]);
  return graph.record(output, [x, kernel, bias], (gradient) => [
    emitConv(graph, [gradient, emitTurnedKernel(graph, kernel)], size, x.shape),
    size === 1
      ? emitPointKernelGradient(graph, x, gradient, kernel)
      : emitKernelGradient(graph, x, gradient, kernel),
    graph.emit('ReduceSum', [gradient, graph.integers([0, 2, 3])], [outputs], {
      keepdims: { kind: 'int', value: 0 },
    }),
  ]);
}

function emitConv(graph: Graph, inputs: readonly Value[], size: number, shape: readonly OnnxDim[]): Value {
  const pad = (size - 1) / 2;
  return graph.emit('Conv', inputs, shape, {
    kernel_shape: { kind: 'ints', value: [size, size] },
    pads: { kind: 'ints', value: [pad, pad, pad, pad] },
  });
}

/** The kernel that carries derivatives back: inputs and outputs exchanged, turned by 180 degrees. */
function emitTurnedKernel(graph: Graph, kernel: Value): Value {
  const [outputs, inputs, size] = fixedShape(kernel) as [number, number, number, number];
  const shape = [inputs, outputs, size, size];
  const exchanged = graph.emit('Transpose', [kernel], shape, {
    perm: { kind: 'ints', value: [1, 0, 2, 3] },
  });
  if (size === 1) return exchanged;
  // -2^31 as end: a slice that runs backwards ends before the first entry.
  const range = [
    [size - 1, size - 1],
    [-(2 ** 31), -(2 ** 31)],
    [2, 3],
    [-1, -1],
  ].map((values) => graph.integers(values));
  return graph.emit('Slice', [exchanged, ...range], shape);
}

function emitPointKernelGradient(graph: Graph, x: Value, gradient: Value, kernel: Value): Value {
  const [n, inputs, h, w] = fixedShape(x) as [number, number, number, number];
  const outputs = fixedShape(gradient)[1]!;
  const rows = emitReshape(graph, gradient, [n, outputs, h * w]);
  const columns = emitReshape(graph, x, [n, inputs, h * w]);
  return emitReshape(graph, emitSumOfProducts(graph, rows, columns), kernel.shape);
}

/**
 * The nine entries of each kernel are sums over the pixels of derivative times shifted picture. Both are laid out in
 * rows of width + 2, so that a shift is an offset in the flattened picture: three copies of the picture, a row apart,
 * against three of the derivative, a column apart, meet in one matrix product.
 */
function emitKernelGradient(graph: Graph, x: Value, gradient: Value, kernel: Value): Value {
  const [n, inputs, h, w] = fixedShape(x) as [number, number, number, number];
  const outputs = fixedShape(gradient)[1]!;
  const length = h * (w + 2);
  const pad = (value: Value, begin: readonly number[], end: readonly number[], shape: readonly number[]) =>
    graph.emit('Pad', [value, graph.integers([...begin, ...end])], shape);
  const join = (parts: Value[], channels: number) =>
    graph.emit('Concat', parts, [n, 3 * channels, length], { axis: { kind: 'int', value: 1 } });
  const framed = pad(x, [0, 0, 1, 1], [0, 0, 1, 1], [n, inputs, h + 2, w + 2]);
  const flat = emitReshape(graph, framed, [n, inputs, (h + 2) * (w + 2)]);
  const columns = [0, 1, 2].map((dy) => emitSlice(graph, flat, 2, dy * (w + 2), length));
  const rows = [0, 1, 2].map((dx) => {
    const shifted = pad(gradient, [0, 0, 0, dx], [0, 0, 0, 2 - dx], [n, outputs, h, w + 2]);
    return emitReshape(graph, shifted, [n, outputs, length]);
  });
  // [dx, output, dy, input] to [output, input, dy, dx]
  const products = emitSumOfProducts(graph, join(rows, outputs), join(columns, inputs));
  const split = emitReshape(graph, products, [3, outputs, 3, inputs]);
  return graph.emit('Transpose', [split], kernel.shape, { perm: { kind: 'ints', value: [1, 3, 2, 0] } });
}

/** Sum over N of A_n B_n^T for A [N, a, L] and B [N, b, L]: [a, b]. */
function emitSumOfProducts(graph: Graph, a: Value, b: Value): Value {
  const [n, rows] = fixedShape(a) as [number, number, number];
  const [, columns, length] = fixedShape(b) as [number, number, number];
  const turned = graph.emit('Transpose', [b], [n, length, columns], {
    perm: { kind: 'ints', value: [0, 2, 1] },
  });
  const products = graph.emit('MatMul', [a, turned], [n, rows, columns]);
  return graph.emit('ReduceSum', [products, graph.integers([0])], [rows, columns], {
    keepdims: { kind: 'int', value: 0 },
  });
}
