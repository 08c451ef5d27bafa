import type { Segmentation } from '../mask/segmentation.ts';

/** Shares below which a pixel is paper for sure and does not count. */
const PAPER = 0.02;

/**
 * How unsure a model is of the traces it sees on a page: mean binary entropy of its shares, bits, over all pixels that it does
 * not take for paper. 0 for a page of certain strokes, near 1 where every stroke is a guess; 1 where it sees none at all,
 * since a page without traces is none.
 */
export function traceUncertainty({ planes }: Pick<Segmentation, 'planes'>): number {
  let entropy = 0;
  let pixels = 0;
  for (let k = 0; k < planes.trace.length; k++) {
    const share = planes.trace[k]!;
    if (share < PAPER) continue;
    pixels++;
    if (share < 1) entropy -= share * Math.log2(share) + (1 - share) * Math.log2(1 - share);
  }
  return pixels === 0 ? 1 : entropy / pixels;
}
