import type { Project } from './open-project.ts';

/** Who made the last correction of a page that holds; null where nobody corrected it. */
export function lastAnnotator({ edits }: Pick<Project, 'edits'>, id: number): string | null {
  return (
    edits
      .history(id)
      .findLast(({ kind, holds, who }) => kind !== 'review' && holds && who !== '' && who !== 'import')
      ?.who ?? null
  );
}
