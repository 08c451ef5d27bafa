import { z } from 'zod';
import type { CandidateModel } from '../../shared/api/learning-record.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Project } from '../store/open-project.ts';

const finetunedCard = z.looseObject({
  finetuned: z.looseObject({
    set: z.string(),
    parent: z.string(),
    parentName: z.string().catch(''),
    mix: z.looseObject({ share: z.number() }).nullable().catch(null),
  }),
});

/** What a model was made of, by its card: the training set, the model it went on from and how far; null when it was not fine-tuned. */
export function originOf(card: unknown): CandidateModel['origin'] {
  const { data } = finetunedCard.safeParse(card);
  if (!data) return null;
  const { set, parent, parentName, mix } = data.finetuned;
  return { set, parent, parentName, share: mix?.share ?? null };
}

/**
 * Training set whose locked pages can prove a model: the named one, else the one that it learnt from, else the project's
 * newest; null when the project has none.
 *
 * @param named - first characters of the set's hash
 * @throws AppError `usage` when no set, or more than one, is named so
 */
export function setOfModel(project: Project, sha256: string, named?: string): string | null {
  const sets = project.trainingSets.list();
  if (named !== undefined) {
    const found = sets.filter(({ hash }) => hash.startsWith(named));
    if (found.length === 1) return found[0]!.hash;
    throw new AppError('usage', `${found.length} training sets of the project begin with "${named}".`);
  }
  const origin = originOf(project.models.find(sha256)?.card);
  const own = origin && project.trainingSets.find(origin.set);
  return own?.hash ?? sets[0]?.hash ?? null;
}
