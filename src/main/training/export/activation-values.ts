import type { OnnxGraph, OnnxNode } from '../../../formats/onnx/onnx-model.ts';

/** Operators between which values are held in 8 bits. */
const QUANTISED = new Set(['Conv', 'Add', 'Relu', 'SpaceToDepth', 'DepthToSpace']);

/**
 * Names of the values that a quantised network holds in 8 bits: all that convolutions, sums and rearrangements read,
 * unless a ReLU follows, which is then part of the same operation. What leads to the output behind the last convolution
 * stays as it is.
 */
export function activationValues(graph: OnnxGraph): string[] {
  const readers = new Map<string, OnnxNode[]>();
  for (const node of graph.nodes) {
    for (const input of node.inputs) readers.set(input, [...(readers.get(input) ?? []), node]);
  }
  return graph.nodes
    .filter(({ op }) => QUANTISED.has(op))
    .map(({ outputs }) => outputs[0]!)
    .filter((name) => {
      const next = readers.get(name) ?? [];
      const becomesRelu = next.some(({ op }) => op === 'Relu');
      return (
        !becomesRelu && next.some(({ op }) => op !== 'Sigmoid' && QUANTISED.has(op)) && !isLast(name, readers)
      );
    });
}

/** Whether no convolution lies between the value and the end. */
function isLast(name: string, readers: ReadonlyMap<string, readonly OnnxNode[]>): boolean {
  return (readers.get(name) ?? []).every(({ op, outputs }) => op !== 'Conv' && isLast(outputs[0]!, readers));
}
