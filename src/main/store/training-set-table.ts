import type { TrainingPart } from '../../core/learning/training-part.ts';
import { AppError } from '../../shared/app-error.ts';
import type { TrainingSetFigures } from '../../shared/api/learning-record.ts';
import type { StoreContext } from './store-context.ts';

/** A training set of the project; its files lie in the folder `training/<hash>`. */
export interface TrainingSetRow {
  readonly id: number;
  /** SHA-256 of its manifest, hexadecimal. */
  readonly hash: string;
  readonly summary: TrainingSetFigures;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** Which part a page of an earlier set had. */
export interface EarlierPart {
  readonly content: string;
  readonly group: string;
  readonly part: TrainingPart;
}

/** The training sets of a project. A set is never changed. */
export interface TrainingSetTable {
  /** Newest first. */
  list(): TrainingSetRow[];
  /** @throws AppError `not-found` */
  get(hash: string): TrainingSetRow;
  find(hash: string): TrainingSetRow | null;
  /** Adds a set whose files are in place; one that is there already stays as it is. */
  add(
    set: Pick<TrainingSetRow, 'hash' | 'summary'>,
    pages: readonly (EarlierPart & { readonly pageId: number })[],
  ): void;
  /** The parts of all pages of all sets. */
  earlierParts(): EarlierPart[];
}

interface Stored extends Omit<TrainingSetRow, 'summary'> {
  readonly summary: string;
}

const toRow = ({ summary, ...row }: Stored): TrainingSetRow => ({
  ...row,
  summary: JSON.parse(summary) as TrainingSetFigures,
});

export function createTrainingSetTable({ db, mutate }: StoreContext, now: () => number): TrainingSetTable {
  const columns = 'SELECT id, hash, summary, created_at AS createdAt FROM training_sets';
  const all = db.prepare<[], Stored>(`${columns} ORDER BY id DESC`);
  const one = db.prepare<[string], Stored>(`${columns} WHERE hash = ?`);
  const insert = db.prepare<unknown[], { id: number }>(
    'INSERT INTO training_sets (hash, summary, created_at) VALUES (?, ?, ?) RETURNING id',
  );
  const insertPage = db.prepare(
    'INSERT INTO training_pages (set_id, page_id, content, patient, part) VALUES (?, ?, ?, ?, ?)',
  );
  const parts = db.prepare<[], EarlierPart>(
    'SELECT DISTINCT content, patient AS "group", part FROM training_pages',
  );
  const find = (hash: string): TrainingSetRow | null => {
    const row = one.get(hash);
    return row ? toRow(row) : null;
  };
  return {
    list: () => all.all().map(toRow),
    find,
    get(hash) {
      const row = find(hash);
      if (!row) throw new AppError('not-found', `There is no training set ${hash} in this project.`);
      return row;
    },
    add: ({ hash, summary }, pages) =>
      mutate('add training set', (announce) => {
        if (find(hash)) return;
        const { id } = insert.get(hash, JSON.stringify(summary), now())!;
        for (const { pageId, content, group, part } of pages)
          insertPage.run(id, pageId, content, group, part);
        announce({ type: 'learning' });
      }),
    earlierParts: () => parts.all(),
  };
}
