import { AppError } from '../../shared/app-error.ts';
import type { ModelFile } from '../inference/model-file.ts';
import type { Models } from '../models/open-models.ts';

/**
 * The model of a project whose digest begins so, or `bundled`.
 *
 * @throws AppError `usage` when there is none, or more than one
 */
export function modelByDigest(models: Models, beginning: string): ModelFile {
  const found = [...models.files()].filter(([key]) => key.startsWith(beginning));
  if (found.length === 1) return found[0]![1];
  throw new AppError(
    'usage',
    `${found.length} models of the project have a digest that begins with "${beginning}".`,
  );
}
