import Database from 'better-sqlite3';
import { AppError } from '../../shared/app-error.ts';
import { MIGRATIONS } from './migrations.ts';
import { storageError } from './storage-error.ts';

/** An open project database. */
export type Db = Database.Database;

/** Marks `project.sqlite` as ours in the file header ("TrWr"). */
const APPLICATION_ID = 0x54725772;

/**
 * Opens or creates a project database: write-ahead log, foreign keys on, 5 s busy timeout, migrated to the current
 * schema in one transaction.
 *
 * @throws AppError `usage` when a newer program made it or it belongs to another, `corrupt`, `storage`, `locked`
 */
export function openDatabase(file: string, migrations: readonly string[] = MIGRATIONS): Db {
  let db: Db | null = null;
  try {
    db = new Database(file, { timeout: 5000 });
    // Only new files heed it: their free space can be given back bit by bit.
    db.pragma('auto_vacuum = INCREMENTAL');
    db.pragma('journal_mode = WAL');
    // With a write-ahead log this loses nothing when the program dies, and at most the last moments with the power.
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    db.pragma('cache_size = -16000');
    migrate(db, migrations);
    return db;
  } catch (cause) {
    db?.close();
    throw storageError(cause);
  }
}

function migrate(db: Db, migrations: readonly string[]): void {
  const step = db.transaction(() => {
    const version = db.pragma('user_version', { simple: true }) as number;
    const owner = db.pragma('application_id', { simple: true }) as number;
    const empty = version === 0 && owner === 0;
    const tables = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()!.n;
    if (owner !== APPLICATION_ID && !(empty && tables === 0)) {
      throw new AppError('usage', 'project.sqlite belongs to another program. Choose another folder.');
    }
    if (version > migrations.length) {
      throw new AppError(
        'usage',
        `This project was made by a newer Tracewright (schema ${version}, this program knows ${migrations.length}). ` +
          'Update the program to open it; nothing was changed.',
      );
    }
    for (const sql of migrations.slice(version)) db.exec(sql);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${migrations.length}`);
  });
  step.immediate();
}
