import type { OnnxGraph, OnnxModel } from '../../../formats/onnx/onnx-model.ts';

/** The standard operator set that all graphs of Tracewright are written in, and the file version that goes with it. */
export const OPSET = 17;
const IR_VERSION = 8;

/** A graph as a model of our opset. */
export function toModel(graph: OnnxGraph, metadata: Readonly<Record<string, string>> = {}): OnnxModel {
  return { irVersion: IR_VERSION, producer: 'tracewright', opsets: { '': OPSET }, metadata, graph };
}
