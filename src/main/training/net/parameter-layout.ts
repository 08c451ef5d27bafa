import { createGraph } from '../graph/graph.ts';
import type { NetShape } from './net-shape.ts';
import { segmentationNet, type Layer } from './segmentation-net.ts';

/** Where a layer's numbers lie in the flat parameter vector. */
export interface LayerPlace {
  readonly layer: Layer;
  /** [O, I, k, k] from here on. */
  readonly kernelAt: number;
  /** One gain per output; null for layers that are not standardised. */
  readonly gainAt: number | null;
  /** One bias per output. */
  readonly biasAt: number;
  /** First number after this layer. */
  readonly end: number;
}

/** All parameters of a network in one vector, in the order in which the network asks for its layers. */
export interface ParameterLayout {
  readonly places: readonly LayerPlace[];
  readonly length: number;
}

/** Numbers of a layer's kernel. */
export const kernelLength = (layer: Layer): number => layer.outputs * layer.inputs * layer.size * layer.size;

/** Lays out the parameters of a network by walking through it once. */
export function layOutParameters(shape: NetShape): ParameterLayout {
  const graph = createGraph();
  const places: LayerPlace[] = [];
  let at = 0;
  segmentationNet(graph, graph.input('image', 'float32', [1, 3, 'H', 'W']), shape, (layer) => {
    const kernelAt = at;
    const gainAt = layer.standardised ? kernelAt + kernelLength(layer) : null;
    const biasAt = kernelAt + kernelLength(layer) + (layer.standardised ? layer.outputs : 0);
    at = biasAt + layer.outputs;
    places.push({ layer, kernelAt, gainAt, biasAt, end: at });
    const { outputs, inputs, size } = layer;
    return {
      kernel: { name: '', shape: [outputs, inputs, size, size] },
      bias: { name: '', shape: [outputs] },
    };
  });
  return { places, length: at };
}
