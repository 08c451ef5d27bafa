import type { OnnxDim } from '../../../formats/onnx/onnx-model.ts';
import type { Graph, Value } from './graph.ts';
import { unbroadcast } from './reduce-sum.ts';

/** Sum, with broadcasting. */
export function add(graph: Graph, a: Value, b: Value): Value {
  return graph.record(emitBinary(graph, 'Add', a, b), [a, b], (gradient) => [
    unbroadcast(graph, gradient, a.shape),
    unbroadcast(graph, gradient, b.shape),
  ]);
}

/** Difference, with broadcasting. */
export function sub(graph: Graph, a: Value, b: Value): Value {
  return graph.record(emitBinary(graph, 'Sub', a, b), [a, b], (gradient) => [
    unbroadcast(graph, gradient, a.shape),
    unbroadcast(graph, graph.emit('Neg', [gradient], gradient.shape), b.shape),
  ]);
}

/** Product, with broadcasting. */
export function mul(graph: Graph, a: Value, b: Value): Value {
  return graph.record(emitBinary(graph, 'Mul', a, b), [a, b], (gradient) => [
    unbroadcast(graph, emitBinary(graph, 'Mul', gradient, b), a.shape),
    unbroadcast(graph, emitBinary(graph, 'Mul', gradient, a), b.shape),
  ]);
}

/** Quotient, with broadcasting. */
export function div(graph: Graph, a: Value, b: Value): Value {
  const quotient = emitBinary(graph, 'Div', a, b);
  return graph.record(quotient, [a, b], (gradient) => {
    const byA = emitBinary(graph, 'Div', gradient, b);
    const byB = graph.emit('Neg', [emitBinary(graph, 'Mul', byA, quotient)], quotient.shape);
    return [unbroadcast(graph, byA, a.shape), unbroadcast(graph, byB, b.shape)];
  });
}

/** An arithmetic node without derivative, for use inside derivatives. */
export function emitBinary(graph: Graph, op: 'Add' | 'Sub' | 'Mul' | 'Div', a: Value, b: Value): Value {
  return graph.emit(op, [a, b], broadcastShape(a.shape, b.shape));
}

function broadcastShape(a: readonly OnnxDim[], b: readonly OnnxDim[]): OnnxDim[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw new Error(`shapes ${a.join('x')} and ${b.join('x')} do not broadcast`);
    }
    return left === 1 ? right : left;
  });
}
