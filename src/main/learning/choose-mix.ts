import type { ModelCard } from '../inference/model-card.ts';
import { mixParameters } from '../training/optimise/mix-parameters.ts';
import type { FinetuneMetrics } from './finetune-checks.ts';

/** What a candidate was chosen from, and by what. */
export type MixChoice = NonNullable<ModelCard['finetuned']>['mix'];

export interface MixOptions {
  readonly shares: readonly number[];
  /** Validation pages that can be read whole. */
  readonly pages: number;
  /** With fewer pages than that nothing is tried, and the share is `unproven`. */
  readonly leastPages: number;
  readonly unproven: number;
  /** Measures a state on validation pages, of which so many are read whole. */
  readonly measure: (parameters: Float32Array, snrPages: number) => Promise<FinetuneMetrics>;
}

/**
 * How far to go from the model in use towards the best state of a run: the share whose reading of the validation pages has the
 * highest SNR, of equals the smallest, which changes least. The loss tells nothing of it: it grows better all the way, for the
 * network learns how corrected traces are drawn. Too few pages tell nothing either: a quarter of the
 * way is safe then, half of it (what Wortsman et al. advise) lost on pages where there was little to learn.
 *
 * @param from - parameters of the model in use
 * @param to - those of the best state
 */
export async function chooseMix(
  from: Float32Array,
  to: Float32Array,
  { shares, pages, leastPages, unproven, measure }: MixOptions,
): Promise<MixedState> {
  const by = pages >= leastPages ? 'snr' : 'default';
  const read = by === 'snr' ? pages : 0;
  const tried: MixChoice['tried'][number][] = [];
  let best: (Omit<MixedState, 'choice'> & { share: number }) | null = null;
  for (const share of by === 'snr' ? [...shares].sort((a, b) => a - b) : [unproven]) {
    const parameters = mixParameters(from, to, share);
    const metrics = await measure(parameters, read);
    tried.push({ share, loss: metrics.loss, snrDb: metrics.snrDb });
    if (best === null || metrics.snrDb! > best.metrics.snrDb!) best = { share, parameters, metrics };
  }
  const { share, parameters, metrics } = best!;
  return { choice: { share, by, pages: read, tried }, parameters, metrics };
}

/** A state between two, how it was chosen, and how it did. */
export interface MixedState {
  readonly choice: MixChoice;
  readonly parameters: Float32Array;
  readonly metrics: FinetuneMetrics;
}
