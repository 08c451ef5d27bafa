import { Piscina } from 'piscina';
import { AppError } from '../../shared/app-error.ts';
import { openDiskCache } from './disk-cache.ts';
import type { BytesAnswer } from './handlers.ts';
import type { PageImageOutcome, PageImageTask } from './page-image-worker.ts';

/** A page whose image is asked for; `contentHash` names the bytes of its file. */
export interface PageImageSource extends PageImageTask {
  readonly contentHash: string;
}

/** Pictures of pages for the window, made off the main thread and kept on disk. */
export interface PageImages {
  answer(source: PageImageSource): BytesAnswer;
  close(): Promise<void>;
}

const MAX_CACHE_BYTES = 768 * 1024 * 1024;
/** Changes when the encoding does, so that older pictures are not served. */
const ENCODING = 'j1';

/**
 * Opens the pictures of a project, cached in `folder`.
 *
 * @throws (from `bytes`) AppError as `decodePage` does
 */
export function openPageImages(folder: string): PageImages {
  const cache = openDiskCache(folder, { maxBytes: MAX_CACHE_BYTES });
  // Thumbnails have a thread of their own, so that a page that is opened never waits behind a list being scrolled.
  const forPages = openPool({ idleTimeout: 10 * 60_000 });
  const forThumbnails = openPool({ idleTimeout: 30_000 });
  const make = async (task: PageImageTask) => {
    const outcome = await (task.reduce === 8 ? forThumbnails : forPages).run(task);
    if (outcome.bytes) return outcome.bytes;
    throw new AppError(outcome.code, outcome.message);
  };
  return {
    answer({ path, pageIndex, reduce, contentHash }) {
      const etag = `${contentHash}-${pageIndex}-${reduce}-${ENCODING}`;
      return {
        contentType: 'image/jpeg',
        etag,
        bytes: () => cache.get(`${etag}.jpg`, () => make({ path, pageIndex, reduce })),
      };
    },
    async close() {
      await Promise.all([forPages.destroy(), forThumbnails.destroy()]);
    },
  };
}

/** One thread, started when it is first needed and kept for a while: starting it again would delay an opening page. */
function openPool({
  idleTimeout,
}: {
  readonly idleTimeout: number;
}): Piscina<PageImageTask, PageImageOutcome> {
  return new Piscina({
    filename: new URL('./page-image-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    concurrentTasksPerWorker: 1,
    idleTimeout,
  });
}
