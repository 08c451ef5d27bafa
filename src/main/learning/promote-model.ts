import { modelKey, type ModelKey } from '../../shared/api/model-record.ts';
import { AppError } from '../../shared/app-error.ts';
import { CHOICE_KEY, readChoice } from '../models/model-choice.ts';
import type { Models } from '../models/open-models.ts';
import type { Project } from '../store/open-project.ts';

export interface Promotion {
  /** Digest of the model that shall be used. */
  readonly candidate: string;
  /** Why it is promoted though the proof does not allow it; empty or absent otherwise. */
  readonly reason?: string;
  readonly who: string;
}

/** Digest of the model in use; `none` where none is. */
export const digestInUse = (models: Models): string => models.pageModel()?.sha256 ?? 'none';

/**
 * Puts a candidate in the place of the model in use, in one transaction with the note of it. Its newest proof against that
 * model has to allow it, or somebody gives a reason.
 *
 * @throws AppError `not-found` for a model that the project lacks; `usage` when it is in use, was not proven, or its proof
 *   does not allow it and no reason is given
 */
export function promoteModel(
  project: Project,
  models: Models,
  { candidate, reason = '', who }: Promotion,
): void {
  const key = keyOf(project, models, candidate);
  const before = digestInUse(models);
  if (before === candidate) throw new AppError('usage', 'This model is in use already.');
  const proof = project.proofs.proofs(candidate).find(({ report }) => report.current === before);
  const stated = reason.trim();
  if (stated === '' && !proof) {
    throw new AppError('usage', 'It was not proven against the model in use. Prove it, or state a reason.');
  }
  if (stated === '' && !proof!.report.allowed) {
    const words = proof!.report.words.join(' ');
    throw new AppError(
      'usage',
      `The proof does not allow it. ${words} State a reason to promote it all the same.`,
    );
  }
  const against = proof?.report.allowed ? null : stated;
  use(project, key, {
    kind: 'promotion',
    before,
    after: candidate,
    proofId: proof?.id ?? null,
    reason: against,
    who,
  });
}

/**
 * Goes back to the model that the last promotion took the place of.
 *
 * @returns its digest
 * @throws AppError `usage` when nothing was promoted, or another model was chosen since; `not-found` when it is gone
 */
export function rollBack(project: Project, models: Models, who: string): string {
  const standing = standingPromotions(project);
  const last = standing.at(-1);
  if (!last) throw new AppError('usage', 'No model was promoted that could be taken back.');
  const now = digestInUse(models);
  if (last.after !== now) {
    throw new AppError(
      'usage',
      'Another model was chosen since the last promotion. Choose the model in the list.',
    );
  }
  const key = last.before === 'none' ? 'none' : keyOf(project, models, last.before);
  use(project, key, { kind: 'roll-back', before: now, after: last.before, proofId: null, reason: null, who });
  return last.before;
}

/** Promotions that were not taken back, oldest first. */
export function standingPromotions(project: Project): { readonly before: string; readonly after: string }[] {
  const standing: { before: string; after: string }[] = [];
  for (const { kind, before, after } of project.proofs.promotions().reverse()) {
    if (kind === 'promotion') standing.push({ before, after });
    else standing.pop();
  }
  return standing;
}

function use(
  project: Project,
  model: ModelKey | 'none',
  promotion: Parameters<Project['proofs']['addPromotion']>[0],
): void {
  const value = { ...readChoice(project.settings), model };
  project.proofs.addPromotion(promotion, { key: CHOICE_KEY, value });
}

function keyOf(project: Project, models: Models, sha256: string): ModelKey {
  if (models.files().get('bundled')?.sha256 === sha256) return 'bundled';
  const row = project.models.find(sha256);
  if (!row) throw new AppError('not-found', `The project has no model ${sha256.slice(0, 12)}.`);
  return modelKey.parse(row.id);
}
