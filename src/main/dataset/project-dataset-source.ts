import { packDigitization } from '../../core/page-view/pack-digitization.ts';
import { findKnownSignals } from '../import/find-known-signals.ts';
import { lastAnnotator } from '../store/last-annotator.ts';
import { createCorrectedPages } from '../store/corrected-pages.ts';
import type { Project } from '../store/open-project.ts';
import type { DatasetSource } from './export-dataset.ts';

/**
 * The pages of an open project as a source of data sets, as people corrected them.
 *
 * @param modelHashes SHA-256 of models that came with the program; those of the project are known
 */
export function projectDatasetSource(project: Project, modelHashes: readonly string[] = []): DatasetSource {
  const corrected = createCorrectedPages(project);
  return {
    modelHashes: [...modelHashes, ...project.models.list().map(({ sha256 }) => sha256)],
    candidate(id) {
      const place = project.pages.locate(id);
      if (!place) return null;
      return { id, ...place, layout: project.pages.summary(id).layout };
    },
    load(id) {
      const base = project.results.digitization(id);
      if (!base) return null;
      // Throws when the scan is gone or lies outside its folder.
      project.pages.scanPath(id);
      const place = project.pages.locate(id);
      const { state, edits } = project.reviews.get(id);
      return {
        packed: packDigitization(base),
        documents: [...project.edits.documents(id)].sort(([a], [b]) => (a < b ? -1 : 1)),
        overrides: project.pages.overrides(id),
        versions: project.results.versions(id) ?? {},
        review: state,
        corrections: edits,
        referencePath: place && (findKnownSignals(project.dir, place)?.path ?? null),
        annotator: lastAnnotator(project, id),
        print: corrected.textBoxes(id),
      };
    },
  };
}
