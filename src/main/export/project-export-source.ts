import { AppError } from '../../shared/app-error.ts';
import { createCorrectedPages } from '../store/corrected-pages.ts';
import type { Project } from '../store/open-project.ts';
import type { ExportSource } from './export-pages.ts';

/** The pages of an open project as a source of exports, as people corrected them. */
export function projectExportSource(project: Project): ExportSource {
  const corrected = createCorrectedPages(project);
  return {
    locate: (id) => project.pages.locate(id),
    load(id) {
      const place = project.pages.locate(id);
      if (!place) throw new AppError('not-found', `There is no page ${id} in this project.`);
      const decode = project.results.milliseconds(id)?.['decode'];
      const milliseconds: Record<string, number> = decode === undefined ? {} : { decode };
      return {
        ...place,
        digitization: corrected.page(id),
        overrides: project.pages.overrides(id),
        milliseconds,
        versions: project.results.versions(id),
      };
    },
  };
}
