import { AppError } from '../../shared/app-error.ts';
import type { RunState } from '../../shared/api/learning-record.ts';
import type { StoreContext } from './store-context.ts';

/** A fine-tuning of the project; its files lie in the folder `training/runs/<folder>`. */
export interface TrainingRunRow {
  readonly id: number;
  /** Hash of the training set. */
  readonly set: string;
  /** Digest of the model it goes on from. */
  readonly parent: string;
  /** Its settings, JSON. */
  readonly config: unknown;
  readonly folder: string;
  readonly state: RunState;
  /** Digest of the model that came of it; null before. */
  readonly candidate: string | null;
  /** Why it failed, in words. */
  readonly message: string | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** The fine-tunings of a project. */
export interface TrainingRunTable {
  /** Newest first. */
  list(): TrainingRunRow[];
  /** @throws AppError `not-found` */
  get(id: number): TrainingRunRow;
  /** Adds a run that is not running yet; its folder is named by its id. */
  add(run: Pick<TrainingRunRow, 'set' | 'parent' | 'config'>): TrainingRunRow;
  /** @param facts - what changes beside the state; what is absent is cleared */
  setState(
    id: number,
    state: RunState,
    facts?: { readonly candidate?: string; readonly message?: string },
  ): void;
}

interface Stored extends Omit<TrainingRunRow, 'config'> {
  readonly config: string;
}

const toRow = ({ config, ...row }: Stored): TrainingRunRow => ({
  ...row,
  config: JSON.parse(config) as unknown,
});

/** Also takes runs that were running when the program last ended for paused: they can go on. */
export function createTrainingRunTable({ db, mutate }: StoreContext, now: () => number): TrainingRunTable {
  const columns = `SELECT id, set_hash AS "set", parent, config, folder, state, candidate, message,
    created_at AS createdAt FROM training_runs`;
  const all = db.prepare<[], Stored>(`${columns} ORDER BY id DESC`);
  const one = db.prepare<[number], Stored>(`${columns} WHERE id = ?`);
  const insert = db.prepare<unknown[], { id: number }>(
    `INSERT INTO training_runs (set_hash, parent, config, folder, state, created_at)
     VALUES (?, ?, ?, '', 'paused', ?) RETURNING id`,
  );
  const name = db.prepare('UPDATE training_runs SET folder = id WHERE id = ?');
  const update = db.prepare('UPDATE training_runs SET state = ?, candidate = ?, message = ? WHERE id = ?');
  const get = (id: number): TrainingRunRow => {
    const row = one.get(id);
    if (!row) throw new AppError('not-found', `There is no fine-tuning ${id} in this project.`);
    return toRow(row);
  };
  mutate('recover training', () =>
    db.prepare(`UPDATE training_runs SET state = 'paused' WHERE state = 'running'`).run(),
  );
  return {
    list: () => all.all().map(toRow),
    get,
    add: ({ set, parent, config }) =>
      mutate('add training run', (announce) => {
        const { id } = insert.get(set, parent, JSON.stringify(config), now())!;
        name.run(id);
        announce({ type: 'learning' });
        return get(id);
      }),
    setState: (id, state, { candidate, message } = {}) =>
      mutate('set training state', (announce) => {
        if (update.run(state, candidate ?? null, message ?? null, id).changes === 0) get(id);
        announce({ type: 'learning' });
      }),
  };
}
