import sharp from 'sharp';
import { collectGarbage } from '../jobs/collect-garbage.ts';
import type { SynthOutcome, SynthTask } from './synth-task.ts';
import { writeSynthPage } from './write-synth-page.ts';

// Pages are drawn side by side already; more threads inside one encoder only fight for the cores.
sharp.concurrency(1);
sharp.cache(false);

/** See `writeSynthPage`; gives the page's memory back before the next one. */
export default async function synthesize(task: SynthTask): Promise<SynthOutcome> {
  const outcome = await writeSynthPage(task);
  collectGarbage();
  return outcome;
}
