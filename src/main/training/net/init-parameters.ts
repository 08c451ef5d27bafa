import type { Random } from '../../../core/synthesis/random.ts';
import { kernelLength, type ParameterLayout } from './parameter-layout.ts';

/**
 * Fresh parameters: normal kernels (He et al. 2015, arXiv:1502.01852), gains and biases as the layers ask for. The same
 * source of random numbers gives the same parameters.
 */
export function initParameters(layout: ParameterLayout, random: Random): Float32Array {
  const parameters = new Float32Array(layout.length);
  for (const { layer, kernelAt, gainAt, biasAt } of layout.places) {
    const deviation =
      (gainAt === null ? layer.gain : 1) * Math.sqrt(2 / (kernelLength(layer) / layer.outputs));
    const own = random.fork(layer.name);
    for (let k = 0; k < kernelLength(layer); k++) parameters[kernelAt + k] = own.normal(0, deviation);
    if (gainAt !== null) parameters.fill(layer.gain, gainAt, gainAt + layer.outputs);
    parameters.fill(layer.bias, biasAt, biasAt + layer.outputs);
  }
  return parameters;
}
