import type { PageModel } from '../inference/page-model.ts';
import { pageModelWords } from '../inference/page-model.ts';
import type { Project } from '../store/open-project.ts';

/**
 * Sends the pages that nobody touched to be digitized again, behind all that waits: pages without corrections, decisions,
 * notes, tags or statements, that another model looked at than the one in use.
 *
 * @returns how many
 */
export function queueUntouched(project: Pick<Project, 'queue'>, model: PageModel | null): number {
  return project.queue.enqueueUntouched(model && pageModelWords(model));
}
