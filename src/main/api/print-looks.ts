import { basename } from 'node:path';
import { BASE_KEY } from '../../core/edit/edit-documents.ts';
import { packDigitization } from '../../core/page-view/pack-digitization.ts';
import { AppError } from '../../shared/app-error.ts';
import type { PageModel } from '../inference/page-model.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import { runPage } from '../jobs/run-page.ts';
import type { Project } from '../store/open-project.ts';
import type { Handlers } from './handlers.ts';
import type { ReadingDesk } from './reading-desk.ts';

/** The closer look at a page's print that its review asks for. @param model the one chosen now; null for none */
export function printLooks(
  project: Project,
  processes: PageProcesses,
  desk: ReadingDesk,
  model: () => PageModel | null,
): Pick<Handlers, 'findPrint'> {
  return {
    async findPrint({ id }, signal) {
      const place = project.pages.locate(id);
      const page = project.results.digitization(id, project.results.baseRun(id, desk.document(id, BASE_KEY)));
      if (!place || !page) throw new AppError('not-found', 'This page has not been digitized yet.');
      const path = project.pages.scanPath(id);
      const task = { path, pageIndex: place.pageIndex, packed: packDigitization(page), model: model() };
      const found = await runPage((options) => processes.run('findPagePrint', task, options), {
        name: basename(path),
        signal,
      });
      return { boxes: found.map(({ kind, x0, y0, x1, y1 }) => ({ kind, x0, y0, x1, y1 })) };
    },
  };
}
