import { AppError } from '../../shared/app-error.ts';
import type { StoreContext } from './store-context.ts';

/** A model that was brought into the project. */
export interface ModelRow {
  readonly id: number;
  /** Name of the file it came from. */
  readonly name: string;
  /** File in the project's folder `models`. */
  readonly file: string;
  /** Digest of the file, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** What is known about it, JSON; null when nothing came with it. */
  readonly card: unknown;
  /** Path it came from. */
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
}

/** Models of a project, besides the one that comes with the program. */
export interface ModelTable {
  /** In the order in which they came. */
  list(): ModelRow[];
  /** @throws AppError `not-found` */
  get(id: number): ModelRow;
  find(sha256: string): ModelRow | null;
  add(model: Omit<ModelRow, 'id' | 'addedAt'>): number;
  /** @throws AppError `not-found` */
  remove(id: number): void;
}

type Stored = Omit<ModelRow, 'card'> & { readonly card: string | null };

const toRow = (stored: Stored): ModelRow => ({
  ...stored,
  card: stored.card === null ? null : (JSON.parse(stored.card) as unknown),
});

export function createModelTable({ db, mutate }: StoreContext, now: () => number): ModelTable {
  const columns = 'SELECT id, name, file, sha256, bytes, card, source, added_at AS addedAt FROM models';
  const all = db.prepare<[], Stored>(`${columns} ORDER BY id`);
  const one = db.prepare<[number], Stored>(`${columns} WHERE id = ?`);
  const same = db.prepare<[string], Stored>(`${columns} WHERE sha256 = ?`);
  const insert = db.prepare<unknown[], { id: number }>(
    `INSERT INTO models (name, file, sha256, bytes, card, source, added_at) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
  );
  const drop = db.prepare('DELETE FROM models WHERE id = ?');
  const missing = (id: number) => new AppError('not-found', `There is no model ${id} in this project.`);
  return {
    list: () => all.all().map(toRow),
    get(id) {
      const row = one.get(id);
      if (!row) throw missing(id);
      return toRow(row);
    },
    find(sha256) {
      const row = same.get(sha256);
      return row ? toRow(row) : null;
    },
    add: ({ name, file, sha256, bytes, card, source }) =>
      mutate('add model', (announce) => {
        announce({ type: 'models' });
        const json = card === null ? null : JSON.stringify(card);
        return insert.get(name, file, sha256, bytes, json, source, now())!.id;
      }),
    remove: (id) =>
      mutate('remove model', (announce) => {
        if (drop.run(id).changes === 0) throw missing(id);
        announce({ type: 'models' });
      }),
  };
}
