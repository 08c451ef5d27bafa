import { kernelLength, type ParameterLayout } from '../net/parameter-layout.ts';

/** 1 on kernels; gains and biases do not decay. */
export function decayMask(layout: ParameterLayout): Uint8Array {
  const mask = new Uint8Array(layout.length);
  for (const { layer, kernelAt } of layout.places) mask.fill(1, kernelAt, kernelAt + kernelLength(layer));
  return mask;
}
