import { AppError } from '../../shared/app-error.ts';
import { findKnownSignals } from '../import/find-known-signals.ts';
import { lastAnnotator } from '../store/last-annotator.ts';
import { createCorrectedPages, type CorrectedPages } from '../store/corrected-pages.ts';
import type { Project } from '../store/open-project.ts';
import type { ExportSource } from './export-pages.ts';

/** The pages of an open project as a source of exports, as people corrected them. */
export function projectExportSource(
  project: Project,
  corrected: CorrectedPages = createCorrectedPages(project),
): ExportSource {
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
        referencePath: findKnownSignals(project.dir, place)?.path ?? null,
        annotator: lastAnnotator(project, id),
      };
    },
  };
}
