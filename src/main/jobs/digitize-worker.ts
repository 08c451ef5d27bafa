import { Piscina } from 'piscina';
import sharp from 'sharp';
import { parentPort } from 'node:worker_threads';
import { collectGarbage } from './collect-garbage.ts';
import { digitizeTaskPage } from './digitize-task-page.ts';
import type { DigitizeOutcome, DigitizeTask, StageMessage } from './digitize-task.ts';

// Pages run side by side: threads inside one page would only fight for the cores, and no image comes twice.
sharp.concurrency(1);
sharp.cache(false);

/** Entry of a digitizing thread; the result's bytes change hands without a copy. */
export default async function digitizeWorker(task: DigitizeTask): Promise<DigitizeOutcome> {
  const outcome = await digitizeTaskPage(task, (stage, progress) => {
    parentPort?.postMessage({ kind: 'stage', pageId: task.pageId, stage, progress } satisfies StageMessage);
  });
  collectGarbage();
  const { packed, thumbnail } = outcome.result;
  const buffers = [packed.buffer, ...(thumbnail ? [thumbnail.bytes.buffer] : [])];
  const carrier = { [Piscina.transferableSymbol]: buffers, [Piscina.valueSymbol]: outcome };
  // Typed as the value itself: the other side receives that.
  return Piscina.move(carrier as never) as unknown as DigitizeOutcome;
}
