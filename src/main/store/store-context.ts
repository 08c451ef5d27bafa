import type { ServerEvent } from '../../shared/api/server-event.ts';
import type { Db } from './open-database.ts';

/** What the store tells: pages whose summary changed, pages that came or went, folders, models or what is
 * learnt from that changed, corrections that were made. */
export type ProjectEvent = Extract<
  ServerEvent,
  { type: 'pages' | 'list' | 'folders' | 'models' | 'edits' | 'learning' }
>;

/** Announces a change; heard only once the transaction it happened in is committed. */
export type Announce = (event: ProjectEvent) => void;

/** What the tables of the store share. */
export interface StoreContext {
  readonly db: Db;
  /**
   * The only way to write: runs `fn` in one transaction, undone as a whole when it throws.
   *
   * @throws AppError `storage` when the disk is full or read-only
   */
  mutate<T>(name: string, fn: (announce: Announce) => T): T;
}
