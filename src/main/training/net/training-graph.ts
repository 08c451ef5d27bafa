import type { OnnxModel } from '../../../formats/onnx/onnx-model.ts';
import { mul } from '../graph/arithmetic.ts';
import { gradients } from '../graph/gradients.ts';
import { createGraph, type Graph, type Value } from '../graph/graph.ts';
import { emitReshape } from '../graph/reduce-sum.ts';
import { emitSlice } from '../graph/shaping.ts';
import { toModel } from '../graph/to-model.ts';
import type { NetShape } from './net-shape.ts';
import { layOutParameters, type LayerPlace } from './parameter-layout.ts';
import { segmentationLoss, type LossOptions } from './segmentation-loss.ts';
import { segmentationNet } from './segmentation-net.ts';
import { standardise } from './standardise.ts';

export interface TrainingGraphOptions extends LossOptions {
  readonly batch: number;
  /** Side of the square patches, pixels. */
  readonly patchPx: number;
  /** Planes of the weight: 1 for all classes (when absent), or one per class. */
  readonly weightPlanes?: number;
}

/**
 * The graph of one training step.
 *
 * Inputs: `image` uint8 [N, 3, H, W], `target` uint8 [N, C, H, W] and `weight` uint8 [N, W, H, W], 255 meaning 1, and
 * `parameters` float32 [P]. Outputs: `loss` [], `overlap` [C], `squares` [C], `gradient` [P].
 */
export function trainingGraph(shape: NetShape, options: TrainingGraphOptions): OnnxModel {
  const { batch, patchPx, weightPlanes = 1 } = options;
  const layout = layOutParameters(shape);
  const graph = createGraph();
  const bytes = (name: string, channels: number): Value => {
    const dims = [batch, channels, patchPx, patchPx];
    const raw = graph.input(name, 'uint8', dims);
    const float = graph.emit('Cast', [raw], dims, { to: { kind: 'int', value: 1 } });
    return mul(graph, float, graph.scalar(1 / 255));
  };
  const image = bytes('image', 3);
  const target = bytes('target', shape.classes);
  const weight = bytes('weight', weightPlanes);
  const parameters = graph.input('parameters', 'float32', [layout.length]);

  const leaves: Value[] = [];
  const cut = (start: number, dims: readonly number[]): Value => {
    const length = dims.reduce((product, dim) => product * dim, 1);
    const leaf = emitReshape(graph, emitSlice(graph, parameters, 0, start, length), dims);
    leaves.push(leaf);
    return leaf;
  };
  const places = layout.places.values();
  const logits = segmentationNet(graph, image, shape, () => cutLayer(graph, cut, places.next().value!));
  const { loss, overlap, squares } = segmentationLoss(graph, logits, target, weight, options);
  const flat = gradients(graph, loss, leaves).map((gradient) => {
    const length = gradient.shape.reduce<number>((product, dim) => product * (dim as number), 1);
    return emitReshape(graph, gradient, [length]);
  });
  const gradient = graph.emit('Concat', flat, [layout.length], { axis: { kind: 'int', value: 0 } });
  return toModel(graph.build('training-step', { loss, overlap, squares, gradient }));
}

/** A layer's kernel and bias, cut from the flat vector in the order in which they lie there. */
function cutLayer(
  graph: Graph,
  cut: (start: number, dims: readonly number[]) => Value,
  { layer, kernelAt, gainAt, biasAt }: LayerPlace,
): { kernel: Value; bias: Value } {
  const { outputs, inputs, size } = layer;
  const raw = cut(kernelAt, [outputs, inputs, size, size]);
  const kernel = gainAt === null ? raw : standardise(graph, raw, cut(gainAt, [outputs]));
  return { kernel, bias: cut(biasAt, [outputs]) };
}
