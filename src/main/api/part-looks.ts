import { basename } from 'node:path';
import { packDigitization } from '../../core/page-view/pack-digitization.ts';
import { BASE_KEY } from '../../core/edit/edit-documents.ts';
import { encodeLook } from '../../core/region/page-region.ts';
import { regionSpans } from '../../core/region/region-spans.ts';
import type { ServerEvent } from '../../shared/api/server-event.ts';
import { AppError } from '../../shared/app-error.ts';
import type { PageModel } from '../inference/page-model.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import type { PartNews } from '../jobs/look-at-part.ts';
import { runPage } from '../jobs/run-page.ts';
import type { Project } from '../store/open-project.ts';
import { openDiskCache } from './disk-cache.ts';
import type { Handlers } from './handlers.ts';
import type { ReadingDesk } from './reading-desk.ts';

/** What a model sees in a part is kept with the page's corrections: so much fits into one request with them. */
const MOST_PX = 1_000_000;

/** Whole pages that a model saw, about a hundred. */
const MAX_CACHE_BYTES = 512 * 1024 * 1024;

/**
 * Lets the project's model look at parts of pages that a person drew round; the window hears of each tile, and whoever
 * hangs up ends the work. Whole pages are kept in `folder`: another brush stroke asks for them again.
 *
 * @param model - the one chosen now; null for none
 */
export function partLooks(
  folder: string,
  project: Project,
  processes: PageProcesses,
  desk: ReadingDesk,
  model: () => PageModel | null,
  publish: (event: ServerEvent) => void,
): Pick<Handlers, 'lookAtPart' | 'lookAtPage'> {
  const cache = openDiskCache(folder, { maxBytes: MAX_CACHE_BYTES });
  const expectModel = (): PageModel => {
    const chosen = model();
    if (chosen) return chosen;
    throw new AppError(
      'usage',
      'No model is chosen for this project. Choose one under Models (Ctrl+Shift+M).',
    );
  };
  return {
    lookAtPage({ id, job }) {
      const place = project.pages.locate(id);
      const run = project.results.baseRun(id, desk.document(id, BASE_KEY));
      const page = project.results.digitization(id, run);
      if (!place || !page?.rectification) {
        throw new AppError('not-found', 'This page has not been digitized yet.');
      }
      const chosen = expectModel();
      const { canonicalWidth, canonicalHeight } = page.rectification;
      const box = { x0: 0, y0: 0, x1: canonicalWidth, y1: canonicalHeight };
      const path = project.pages.scanPath(id);
      const task = { path, pageIndex: place.pageIndex, packed: packDigitization(page), box, model: chosen };
      const onNews = ({ done, total }: PartNews): void => publish({ type: 'part-look', job, done, total });
      const looks = `${chosen.sha256.slice(0, 16)}${chosen.mirror === true ? '-mirror' : ''}`;
      const key = `${place.contentHash}-${place.pageIndex}-${id}-${run}-${looks}`;
      return {
        contentType: 'application/octet-stream',
        etag: null,
        bytes: () =>
          cache.get(key, async () => {
            const look = (options: { signal?: AbortSignal; limitMs?: number }) =>
              processes.run('lookAtPart', task, { ...options, onNews });
            return encodeLook(await runPage(look, { name: basename(path) }));
          }),
      };
    },
    lookAtPart({ id, job, points }, signal) {
      const place = project.pages.locate(id);
      const page = project.results.digitization(id);
      if (!place || !page?.rectification) {
        throw new AppError('not-found', 'This page has not been digitized yet.');
      }
      const chosen = expectModel();
      const { warp, canonicalWidth, canonicalHeight, canonicalPxPerMm } = page.rectification;
      const { box } = regionSpans({ points }, warp, canonicalWidth, canonicalHeight);
      const area = (box.x1 - box.x0) * (box.y1 - box.y0);
      if (box.x1 <= box.x0) throw new AppError('usage', 'Nothing of the page lies in there.');
      if (area > MOST_PX) {
        const cm2 = (px: number): number => Math.round(px / (10 * canonicalPxPerMm) ** 2);
        throw new AppError(
          'too-large',
          `The region measures ${cm2(area)} cm² with its corners; ${cm2(MOST_PX)} cm² is the most. Draw smaller ones, one after the other.`,
        );
      }
      const path = project.pages.scanPath(id);
      const task = { path, pageIndex: place.pageIndex, packed: packDigitization(page), box, model: chosen };
      const onNews = ({ done, total }: PartNews): void => publish({ type: 'part-look', job, done, total });
      return {
        contentType: 'application/octet-stream',
        etag: null,
        bytes: async () => {
          const run = (options: { signal?: AbortSignal; limitMs?: number }) =>
            processes.run('lookAtPart', task, { ...options, onNews });
          return encodeLook(await runPage(run, { name: basename(path), signal }));
        },
      };
    },
  };
}
