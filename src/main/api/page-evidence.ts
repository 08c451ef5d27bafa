import { basename } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import { runPage } from '../jobs/run-page.ts';
import { packDigitization } from '../../core/page-view/pack-digitization.ts';
import { BASE_KEY } from '../../core/edit/edit-documents.ts';
import type { Project } from '../store/open-project.ts';
import { openDiskCache } from './disk-cache.ts';
import type { BytesAnswer } from './handlers.ts';
import type { ReadingDesk } from './reading-desk.ts';

/** The ink of pages, for correcting them; made in child processes and kept on disk. */
export interface PageEvidenceSource {
  /** @throws AppError `not-found` for a page that was not digitized; (from `bytes`) as `makeEvidence` does */
  answer(id: number): BytesAnswer;
}

/** About a hundred pages. */
const MAX_CACHE_BYTES = 768 * 1024 * 1024;
/** Changes when the ink is taken in another way, so that older answers are not served. */
const METHOD = 'e3';

export function openPageEvidence(
  folder: string,
  project: Project,
  processes: PageProcesses,
  desk: ReadingDesk,
): PageEvidenceSource {
  const cache = openDiskCache(folder, { maxBytes: MAX_CACHE_BYTES });
  return {
    answer(id) {
      const place = project.pages.locate(id);
      if (!place) throw new AppError('not-found', `There is no page ${id} in this project.`);
      const run = project.results.baseRun(id, desk.document(id, BASE_KEY));
      const etag = `${place.contentHash}-${place.pageIndex}-${id}-${run}-${METHOD}`;
      return {
        contentType: 'application/octet-stream',
        etag,
        bytes: () =>
          cache.get(etag, async () => {
            const page = project.results.digitization(id, run);
            if (!page) throw new AppError('not-found', 'This page has not been digitized yet.');
            const path = project.pages.scanPath(id);
            const task = { path, pageIndex: place.pageIndex, packed: packDigitization(page) };
            return runPage((options) => processes.run('makeEvidence', task, options), {
              name: basename(path),
            });
          }),
      };
    },
  };
}
