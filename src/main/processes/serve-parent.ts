import { flushCompileCache } from 'node:module';
import { toAppError } from '../../shared/app-error.ts';
import { openParentLink } from './parent-link.ts';

/** What a child process can do, by name: tasks in, results out, both plain data; `tell` sends news meanwhile. */
export type Services = Readonly<Record<string, (task: never, tell: (news: unknown) => void) => unknown>>;

/**
 * Makes this child process do what its parent's `ProcessPool` asks, one task after the other, until it is ended. The
 * last statement of a child's entry.
 *
 * @param rest - called after each answer, while the parent is busy with it
 */
export function serveParent(services: Services, rest: () => void = () => {}): void {
  const parent = openParentLink();
  let answered = false;
  parent.onMessage(async ({ id, service, task }) => {
    const tell = (news: unknown): void => parent.send({ kind: 'news', id, news });
    try {
      const value = await services[service]!(task as never, tell);
      parent.send({ kind: 'done', id, value, residentBytes: process.memoryUsage.rss() });
    } catch (thrown) {
      parent.send({ kind: 'threw', id, message: toAppError(thrown).message });
    }
    rest();
    // Processes that are ended from outside never write what the next ones would start quicker with.
    if (!answered) flushCompileCache();
    answered = true;
  });
  parent.send({ kind: 'ready' });
}
