import type { OnnxModel } from '../../../formats/onnx/onnx-model.ts';
import { createGraph } from '../graph/graph.ts';
import { toModel } from '../graph/to-model.ts';
import { kernelLength, layOutParameters } from './parameter-layout.ts';
import type { NetShape } from './net-shape.ts';
import { segmentationNet } from './segmentation-net.ts';
import { foldStandardisation } from './standardise.ts';

/**
 * The plain network for use: parameters as constants, standardisation folded into them, any number of pictures of any
 * size, probabilities at the end.
 *
 * Input `image` float32 [N, 3, H, W], 0..1; output `probabilities` float32 [N, C, H, W].
 */
export function inferenceModel(
  shape: NetShape,
  parameters: Float32Array,
  metadata: Readonly<Record<string, string>> = {},
): OnnxModel {
  const graph = createGraph();
  const places = layOutParameters(shape).places.values();
  const image = graph.input('image', 'float32', ['N', 3, 'H', 'W']);
  const logits = segmentationNet(graph, image, shape, () => {
    const { layer, kernelAt, gainAt, biasAt } = places.next().value!;
    const { name, outputs, inputs, size } = layer;
    const raw = parameters.subarray(kernelAt, kernelAt + kernelLength(layer));
    const kernel =
      gainAt === null ? raw : foldStandardisation(raw, parameters.subarray(gainAt, gainAt + outputs));
    return {
      kernel: graph.constant([outputs, inputs, size, size], kernel, `${name}.kernel`),
      bias: graph.constant([outputs], parameters.subarray(biasAt, biasAt + outputs), `${name}.bias`),
    };
  });
  const probabilities = graph.emit('Sigmoid', [logits], ['N', shape.classes, 'H', 'W']);
  return toModel(graph.build('segmentation', { probabilities }), metadata);
}
