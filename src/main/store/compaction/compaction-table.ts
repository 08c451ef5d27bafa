import type { KeepRule } from '../../../shared/api/compaction-record.ts';
import type { Db } from '../open-database.ts';
import { packChanges, unpackChanges } from '../edit-log.ts';
import { PAGE_PLACE, READING_PLACE, type StackPlace } from '../stack-place.ts';
import type { StoreContext } from '../store-context.ts';
import { composeRuns } from './compose-runs.ts';
import { COMPACTION_TOOL, mergeRuns, type LedgerEntry, type MergeRun } from './merge-runs.ts';

/** Corrections of a page, or of one of its readers. */
export interface StackName {
  readonly rows: 'pages' | 'readings';
  readonly id: number;
}

/** What was merged of a stack. */
export interface Merged {
  readonly actions: number;
  readonly states: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** The half of compaction that knows the tables. Every write is one transaction, of one stack. */
export interface CompactionTable {
  /** Stacks that have more actions than stay undoable whatever their age. */
  candidates(keep: Pick<KeepRule, 'actions'>): StackName[];
  /** What could be merged now; empty when nothing. */
  runs(stack: StackName, keep: Pick<KeepRule, 'actions' | 'days'>): MergeRun[];
  /**
   * Merges what can be: an entry at a time until the changes are made (each step some tenths of a millisecond), then all of it in
   * one transaction. The ledger (who, what, when, how long, with which model) is not touched; what happened is told in it.
   *
   * @param who - signs it; '' for the program
   * @returns null where nothing was to be merged, or somebody undid so much meanwhile that it has to wait
   */
  merge(
    stack: StackName,
    keep: Pick<KeepRule, 'actions' | 'days'>,
    who: string,
  ): Generator<void, Merged | null>;
  /** What the next thousands of actions take, bytes, and the last of them; null behind the last. */
  journalBytes(after: number): { readonly bytes: number; readonly last: number } | null;
  /** Gives up to so much free space of the file back to the disk; whether there is more. Nothing in files made before this was. */
  release(pages: number): boolean;
  /** Writes the file anew without the space that is free in it. Seconds for a large one, during which nothing else can be done. */
  rewrite(): void;
}

export function createCompactionTable(context: StoreContext, now: () => number): CompactionTable {
  const { db } = context;
  const stacks = {
    pages: createStackMerger(context, now, PAGE_PLACE),
    readings: createStackMerger(context, now, READING_PLACE),
  };
  const journal = db.prepare<[number], { bytes: number; last: number | null }>(
    `SELECT coalesce(sum(bytes), 0) AS bytes, max(id) AS last
     FROM (SELECT id, length(changes) AS bytes FROM journal WHERE id > ? ORDER BY id LIMIT 2000)`,
  );
  return {
    candidates: ({ actions }) =>
      (['pages', 'readings'] as const).flatMap((rows) =>
        stacks[rows].longer(actions).map((id): StackName => ({ rows, id })),
      ),
    runs: ({ rows, id }, keep) => stacks[rows].runs(id, keep),
    merge: ({ rows, id }, keep, who) => stacks[rows].merge(id, keep, who),
    journalBytes(after) {
      const { bytes, last } = journal.get(after)!;
      return last === null ? null : { bytes, last };
    },
    release(pages) {
      if (freePages(db) === 0 || db.pragma('auto_vacuum', { simple: true }) !== 2) return false;
      db.pragma(`incremental_vacuum(${pages})`);
      return freePages(db) > 0;
    },
    rewrite() {
      db.pragma('auto_vacuum = INCREMENTAL');
      db.exec('VACUUM');
      db.pragma('wal_checkpoint(TRUNCATE)');
    },
  };
}

function freePages(db: Db): number {
  return db.pragma('freelist_count', { simple: true }) as number;
}

function createStackMerger({ db, mutate }: StoreContext, now: () => number, place: StackPlace) {
  const { rows, documents: table, owner, entries, pageOf, readingOf } = place;
  const longer = db.prepare<[number], number>(`SELECT id FROM ${rows} WHERE edits > ? ORDER BY id`).pluck();
  const through = db.prepare<[number], number>(`SELECT merged_through FROM ${rows} WHERE id = ?`).pluck();
  const ledger = db.prepare<[number, number], LedgerEntry>(
    `SELECT id, kind, target, tool, at, length(changes) AS bytes FROM journal WHERE ${entries} AND id > ? ORDER BY id`,
  );
  const allDocuments = db.prepare<[number], { key: string; bytes: Uint8Array }>(
    `SELECT key, bytes FROM ${table} WHERE ${owner} = ?`,
  );
  const changes = db.prepare<[number], Uint8Array>('SELECT changes FROM journal WHERE id = ?').pluck();
  const drop = db.prepare(
    `UPDATE journal SET changes = @changes, merged_into = @into, touched = @touched WHERE id = @id`,
  );
  const advance = db.prepare(`UPDATE ${rows} SET merged_through = ? WHERE id = ?`);
  const note = db.prepare(
    `INSERT INTO journal (page_id, reading_id, kind, tool, label, who, at, milliseconds, changes)
     VALUES (${pageOf}, ${readingOf}, 'review', '${COMPACTION_TOOL}', @label, @who, @at, 0, @changes)`,
  );
  const nothing = new Uint8Array(0);
  type Keep = Pick<KeepRule, 'actions' | 'days'>;

  const runsOf = (id: number, merged: number, keep: Keep): MergeRun[] =>
    mergeRuns(ledger.all(id, merged), merged, keep, now());

  function* merge(id: number, keep: Keep, who: string): Generator<void, Merged | null> {
    const merged = through.get(id);
    if (merged === undefined) return null;
    const runs = runsOf(id, merged, keep);
    if (runs.length === 0) return null;
    const documents = new Map(allDocuments.all(id).map(({ key, bytes }) => [key, bytes]));
    const moves = ledger
      .all(id, merged)
      .flatMap(({ id: move, kind }) => (kind === 'review' ? [] : [move]))
      .reverse();
    const composed = yield* composeRuns(documents, moves, runs, (move) => unpackChanges(changes.get(move)!));
    const packed: { id: number; into: number; changes: Uint8Array; touched: string }[] = [];
    let bytesAfter = 0;
    for (const { run, changes: net, touched } of composed) {
      const bytes = packChanges(net);
      yield;
      const into = run.ids.at(-1)!;
      bytesAfter += bytes.length;
      for (const [i, entry] of run.ids.entries()) {
        const parts = JSON.stringify(touched[i]);
        packed.push({ id: entry, into, changes: entry === into ? bytes : nothing, touched: parts });
      }
    }
    const last = runs.at(-1)!.ids.at(-1)!;
    const actions = packed.length;
    const bytesBefore = runs.reduce((sum, run) => sum + run.bytes, 0);
    return mutate('compact history', () => {
      // Somebody may have undone or merged meanwhile; the runs are the same ones or fewer then.
      if (through.get(id) !== merged || runsOf(id, merged, keep).length < runs.length) return null;
      for (const entry of packed) drop.run(entry);
      advance.run(last, id);
      const label = `History compacted: ${count(actions, 'action')} merged, ${count(runs.length, 'state')} kept`;
      note.run({ id, label, who, at: now(), changes: packChanges([]) });
      return { actions, states: runs.length, bytesBefore, bytesAfter };
    });
  }

  return {
    longer: (actions: number) => longer.all(actions),
    runs: (id: number, keep: Keep) => runsOf(id, through.get(id) ?? 0, keep),
    merge,
  };
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
