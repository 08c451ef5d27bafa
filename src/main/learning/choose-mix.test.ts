import { describe, expect, test } from 'vitest';
import { chooseMix, type MixOptions } from './choose-mix.ts';
import type { FinetuneMetrics } from './finetune-checks.ts';

const FROM = Float32Array.of(0);
const TO = Float32Array.of(1);
const OWN = { loss: 0, classes: {} } as FinetuneMetrics['own'];

/** Measures by the only parameter there is, which is the share. */
function choose(
  pages: number,
  lossOf: (share: number) => number,
  snrOf: (share: number) => number,
): ReturnType<typeof chooseMix> {
  const measure: MixOptions['measure'] = ([share], snrPages) =>
    Promise.resolve({
      loss: lossOf(share!),
      own: OWN,
      replay: null,
      snrDb: snrPages > 0 ? snrOf(share!) : null,
    });
  return chooseMix(FROM, TO, { shares: [1, 0.5, 0.25, 0.75], pages, leastPages: 4, unproven: 0.5, measure });
}

describe('chooseMix', () => {
  test('takes the highest SNR of enough pages that are read whole, whatever the loss', async () => {
    const { choice, parameters, metrics } = await choose(
      5,
      (share) => 1 - share,
      (share) => -((share - 0.5) ** 2),
    );
    expect(choice).toMatchObject({ share: 0.5, by: 'snr', pages: 5 });
    expect(choice.tried.map(({ share }) => share)).toEqual([0.25, 0.5, 0.75, 1]);
    expect([...parameters]).toEqual([0.5]);
    expect(metrics.loss).toBe(0.5);
  });

  test('goes half of the way when fewer pages could tell, and reads none whole', async () => {
    const { choice, parameters } = await choose(3, Number, () => Infinity);
    expect(choice).toEqual({
      share: 0.5,
      by: 'default',
      pages: 0,
      tried: [{ share: 0.5, loss: 0.5, snrDb: null }],
    });
    expect([...parameters]).toEqual([0.5]);
  });

  test('of equals takes what changes the model least', async () => {
    expect((await choose(4, Number, () => 20)).choice.share).toBe(0.25);
  });
});
