import type { PageEvidence } from '../../../core/edit/page-evidence.ts';
import { AppError } from '../../../shared/app-error.ts';

type Answer =
  | { readonly id: number; readonly evidence: PageEvidence }
  | { readonly id: number; readonly problem: string };

let worker: Worker | null = null;
let asked = 0;
const waiting = new Map<
  number,
  { resolve: (evidence: PageEvidence) => void; reject: (error: Error) => void }
>();

/**
 * Unpacks the ink of a page beside the main thread; `bytes` are given away.
 *
 * @throws AppError `corrupt` when they are not what `encodeEvidence` packed
 */
export function readEvidence(bytes: Uint8Array<ArrayBuffer>): Promise<PageEvidence> {
  worker ??= startWorker();
  const id = ++asked;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker!.postMessage({ id, bytes }, [bytes.buffer]);
  });
}

function startWorker(): Worker {
  const started = new Worker(new URL('./evidence-worker.ts', import.meta.url), { type: 'module' });
  started.onmessage = ({ data }: MessageEvent<Answer>) => {
    const asker = waiting.get(data.id);
    waiting.delete(data.id);
    if ('evidence' in data) asker?.resolve(data.evidence);
    else asker?.reject(new AppError('corrupt', `The ink of the page cannot be read: ${data.problem}`));
  };
  started.onerror = () => {
    for (const { reject } of waiting.values()) {
      reject(new AppError('internal', 'The thread that reads the ink of pages has ended.'));
    }
    waiting.clear();
    worker = null;
  };
  return started;
}
