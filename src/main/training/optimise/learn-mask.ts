import type { ParameterLayout } from '../net/parameter-layout.ts';

/** What of a network learns: everything, or no kernel but that of the last layer. */
export const LEARNT_PARTS = ['all', 'scales'] as const;
export type LearntPart = (typeof LEARNT_PARTS)[number];

const HEAD = 'head';

/**
 * 1 on parameters that learn. `scales` are gains, biases and the last layer, 1 % of the numbers: few pages can tell what they
 * should be, and features stay as they were (only normalisation: Frankle et al. 2021, arXiv:2003.00152; only biases: Ben Zaken
 * et al. 2022, arXiv:2106.10199).
 */
export function learnMask({ places, length }: ParameterLayout, part: LearntPart): Uint8Array {
  const mask = new Uint8Array(length);
  if (part === 'all') return mask.fill(1);
  for (const { layer, kernelAt, gainAt, biasAt, end } of places) {
    mask.fill(1, layer.name === HEAD ? kernelAt : (gainAt ?? biasAt), end);
  }
  return mask;
}
