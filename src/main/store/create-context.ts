import { AppError } from '../../shared/app-error.ts';
import type { Db } from './open-database.ts';
import { storageError } from './storage-error.ts';
import type { ProjectEvent, StoreContext } from './store-context.ts';

/** Builds the serial writer over a database; `publish` receives the events of each committed transaction. */
export function createContext(db: Db, publish: (event: ProjectEvent) => void): StoreContext {
  let writing: string | null = null;
  return {
    db,
    mutate(name, fn) {
      if (writing !== null) throw new AppError('internal', `"${name}" may not write inside "${writing}".`);
      const events: ProjectEvent[] = [];
      writing = name;
      let result;
      try {
        result = db.transaction(() => fn((event) => events.push(event))).immediate();
      } catch (cause) {
        throw storageError(cause);
      } finally {
        writing = null;
      }
      events.forEach(publish);
      return result;
    },
  };
}
