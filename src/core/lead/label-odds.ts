import type { LeadName } from '../../shared/lead-name.ts';
import { LABEL_CLASSES } from './label-net.ts';

const NEGATIVE_AVR = LABEL_CLASSES.indexOf('-aVR');

/**
 * Probability that a label with these class probabilities names `lead`. For aVR the negative form counts as well, and
 * a numeral keeps a little of its neighbours' probability, as strokes are easily lost or gained.
 */
export function labelOdds(probabilities: Float32Array, lead: LeadName): number {
  const own = probabilities[LABEL_CLASSES.indexOf(lead)];
  if (lead === 'aVR') return own + probabilities[NEGATIVE_AVR];
  if (lead === 'II') return own + 0.15 * (probabilities[0] + probabilities[2]);
  if (lead === 'I' || lead === 'III') return own + 0.15 * probabilities[1];
  return own;
}

/** Whether the label reads as the negative of aVR rather than as aVR. */
export function readsInverted(probabilities: Float32Array): boolean {
  return probabilities[NEGATIVE_AVR] > probabilities[LABEL_CLASSES.indexOf('aVR')];
}
