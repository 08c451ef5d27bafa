import { AppError } from '../../shared/app-error.ts';
import type { StoreContext } from './store-context.ts';

/** A folder of scans as stored. */
export interface FolderRow {
  readonly id: number;
  /** Absolute real path. */
  readonly path: string;
  readonly watching: boolean;
  /** Why it could not be read last time, in words. */
  readonly problem: string | null;
  readonly pages: number;
}

/** The folders a project refers to. */
export interface FolderTable {
  list(): FolderRow[];
  /** @throws AppError `not-found` */
  get(id: number): FolderRow;
  /** Adds a folder, or finds the one already there, and returns its id. */
  add(path: string, options: { readonly watch: boolean }): number;
  /** Forgets a folder with its pages and their results; the scans themselves stay where they are. */
  remove(id: number): void;
  setProblem(id: number, problem: string | null): void;
}

interface Stored {
  id: number;
  path: string;
  watching: number;
  problem: string | null;
  pages: number;
}

const toRow = ({ watching, ...row }: Stored): FolderRow => ({ ...row, watching: watching === 1 });

export function createFolderTable({ db, mutate }: StoreContext): FolderTable {
  const columns = `SELECT id, path, watching, problem,
    (SELECT count(*) FROM pages WHERE folder_id = folders.id) AS pages FROM folders`;
  const all = db.prepare<[], Stored>(`${columns} ORDER BY path`);
  const one = db.prepare<[number], Stored>(`${columns} WHERE id = ?`);
  const insert = db.prepare<[string, number], { id: number }>(
    `INSERT INTO folders (path, watching) VALUES (?, ?)
     ON CONFLICT (path) DO UPDATE SET watching = excluded.watching RETURNING id`,
  );
  const drop = db.prepare('DELETE FROM folders WHERE id = ?');
  const note = db.prepare('UPDATE folders SET problem = ? WHERE id = ? AND problem IS NOT ?');

  return {
    list: () => all.all().map(toRow),
    get(id) {
      const row = one.get(id);
      if (!row) throw new AppError('not-found', `There is no folder ${id} in this project.`);
      return toRow(row);
    },
    add: (path, { watch }) =>
      mutate('add folder', (announce) => {
        announce({ type: 'folders' });
        return insert.get(path, watch ? 1 : 0)!.id;
      }),
    remove: (id) =>
      mutate('remove folder', (announce) => {
        if (drop.run(id).changes === 0) {
          throw new AppError('not-found', `There is no folder ${id} in this project.`);
        }
        announce({ type: 'folders' });
        announce({ type: 'list' });
      }),
    setProblem: (id, problem) =>
      mutate('note folder problem', (announce) => {
        if (note.run(problem, id, problem).changes > 0) announce({ type: 'folders' });
      }),
  };
}
