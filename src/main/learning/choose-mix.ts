import type { ModelCard } from '../inference/model-card.ts';
import { mixParameters } from '../training/optimise/mix-parameters.ts';
import type { FinetuneMetrics } from './finetune-checks.ts';

/** What a candidate was chosen from, and by what. */
export type MixChoice = NonNullable<ModelCard['finetuned']>['mix'];

export interface MixOptions {
  readonly shares: readonly number[];
  /** Validation pages that can be read whole; below `leastPages` the loss decides. */
  readonly pages: number;
  readonly leastPages: number;
  /** Measures a state on validation pages, of which so many are read whole. */
  readonly measure: (parameters: Float32Array, snrPages: number) => Promise<FinetuneMetrics>;
}

/**
 * How far to go from the model in use towards the best state of a run: the share whose reading of the validation pages has the
 * highest SNR where there are enough of them, else that of the least loss; of equals the smallest, which changes least.
 *
 * @param from - parameters of the model in use
 * @param to - those of the best state
 */
export async function chooseMix(
  from: Float32Array,
  to: Float32Array,
  { shares, pages, leastPages, measure }: MixOptions,
): Promise<{
  readonly choice: MixChoice;
  readonly parameters: Float32Array;
  readonly metrics: FinetuneMetrics;
}> {
  const by = pages >= leastPages ? 'snr' : 'loss';
  const read = by === 'snr' ? pages : 0;
  const merit = ({ loss, snrDb }: FinetuneMetrics): number => (by === 'snr' ? snrDb! : -loss);
  const tried: MixChoice['tried'][number][] = [];
  let best: { share: number; parameters: Float32Array; metrics: FinetuneMetrics } | null = null;
  for (const share of [...shares].sort((a, b) => a - b)) {
    const parameters = mixParameters(from, to, share);
    const metrics = await measure(parameters, read);
    tried.push({ share, loss: metrics.loss, snrDb: metrics.snrDb });
    if (best === null || merit(metrics) > merit(best.metrics)) best = { share, parameters, metrics };
  }
  const { share, parameters, metrics } = best!;
  return { choice: { share, by, pages: read, tried }, parameters, metrics };
}
