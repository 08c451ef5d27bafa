import { AppError } from '../../shared/app-error.ts';
import type { EditStackRecord, HistoryEntry, ReviewState } from '../../shared/api/edit-record.ts';
import { applyChange, changeBetween, reverseChange, type ByteChange } from '../../shared/edit/byte-change.ts';
import { packChanges, stacksOf, unpackChanges, type EntryKind, type LoggedEntry } from './edit-log.ts';
import { createEditsEvent, PAGE_PLACE, type StackPlace } from './stack-place.ts';
import type { StoreContext } from './store-context.ts';

/** An action to be kept. */
export interface NewEdit {
  /** Of the page when the action was made. */
  readonly revision: number;
  readonly tool: string;
  readonly label: string;
  readonly who: string;
  /** Time a person spent on it. */
  readonly milliseconds: number;
  readonly changes: readonly ByteChange[];
}

/** What taking back or doing again did to the documents. */
export interface EditStep {
  readonly label: string;
  readonly changes: readonly ByteChange[];
}

/**
 * What people corrected: documents per page, and the journal of the actions that made them. Every write is one
 * transaction of a few milliseconds; nothing is ever removed from the journal.
 */
export interface EditTable {
  /** The page's documents; empty for a page that nobody corrected. */
  documents(pageId: number): Map<string, Uint8Array>;
  /** One of them; null when there is none. */
  document(pageId: number, key: string): Uint8Array | null;
  stack(pageId: number): EditStackRecord;
  /** @throws AppError `conflict` when the page was changed since `edit.revision`, `not-found` */
  commit(pageId: number, edit: NewEdit): EditStackRecord;
  /** Takes the last action back. Null when there is none. @throws AppError `conflict` */
  undo(pageId: number, revision: number, who: string): EditStep | null;
  redo(pageId: number, revision: number, who: string): EditStep | null;
  /**
   * Brings the documents to where they were after an entry of the page's history, as an action of its own; null entry:
   * before the first.
   *
   * @throws AppError `conflict`, `not-found`
   */
  restore(pageId: number, revision: number, entryId: number | null, who: string): EditStep;
  /** The documents as they were right after an entry of the history; null: before the first. @throws AppError `not-found` */
  documentsAfter(pageId: number, entryId: number | null): Map<string, Uint8Array>;
  /**
   * Puts other documents in the place of the page's, because what they correct is another now; an action like any other.
   * Only inside a transaction.
   *
   * @param label - why, in words
   */
  rebase(pageId: number, documents: ReadonlyMap<string, Uint8Array>, label: string): void;
  /** Writes a decision that follows from something else into the history. Only inside a transaction. */
  note(pageId: number, label: string): void;
  /** Oldest first. */
  history(pageId: number): HistoryEntry[];
}

/** Decisions that a later action sets aside, in words. */
const DECIDED: Readonly<Partial<Record<ReviewState, string>>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  'second-look': 'put aside for a second look',
};

interface Row extends LoggedEntry {
  readonly label: string;
}

/**
 * The corrections kept in one place: of pages, or (then all ids are those of readings) of their readers.
 *
 * @param now clock, milliseconds since 1970
 */
export function createEditTable(
  { db, mutate }: StoreContext,
  now: () => number,
  place: StackPlace = PAGE_PLACE,
): EditTable {
  const { rows: stacks, documents: table, owner, entries, pageOf, readingOf } = place;
  const allDocuments = db.prepare<[number], { key: string; bytes: Uint8Array }>(
    `SELECT key, bytes FROM ${table} WHERE ${owner} = ?`,
  );
  const oneDocument = db.prepare<[number, string], { bytes: Uint8Array }>(
    `SELECT bytes FROM ${table} WHERE ${owner} = ? AND key = ?`,
  );
  const put = db.prepare(
    `INSERT INTO ${table} (${owner}, key, bytes) VALUES (?, ?, ?)
     ON CONFLICT (${owner}, key) DO UPDATE SET bytes = excluded.bytes`,
  );
  const drop = db.prepare(`DELETE FROM ${table} WHERE ${owner} = ? AND key = ?`);
  const moves = db.prepare<[number], Row>(
    `SELECT id, kind, target, label FROM journal WHERE ${entries} AND kind != 'review' ORDER BY id`,
  );
  const changesOf = db.prepare<[number], { changes: Uint8Array }>('SELECT changes FROM journal WHERE id = ?');
  const all = db.prepare<[number], Omit<HistoryEntry, 'holds'> & { target: number | null }>(
    `SELECT id, kind, target, tool, label, who, at, milliseconds, model FROM journal WHERE ${entries} ORDER BY id`,
  );
  const append = db.prepare(
    `INSERT INTO journal (page_id, reading_id, kind, target, tool, label, who, at, milliseconds, model, changes)
     VALUES (${pageOf}, ${readingOf}, @kind, @target, @tool, @label, @who, @at, @milliseconds,
       (SELECT json_extract(versions, '$.model') FROM digitizations WHERE page_id = ${pageOf}), @changes)`,
  );
  const appendNote = db.prepare(
    `INSERT INTO journal (page_id, reading_id, kind, tool, label, who, at, milliseconds, changes)
     VALUES (${pageOf}, ${readingOf}, 'review', 'review', @label, @who, @at, 0, @changes)`,
  );
  const count = db.prepare<[number], { edits: number }>(`SELECT edits FROM ${stacks} WHERE id = ?`);
  const decision = db.prepare<[number], { review: ReviewState }>(`SELECT review FROM ${stacks} WHERE id = ?`);
  const advance = db.prepare(
    `UPDATE ${stacks} SET edits = edits + 1, milliseconds_spent = milliseconds_spent + ?,
       review = CASE WHEN ? = 'base' THEN review ELSE 'in-work' END WHERE id = ?`,
  );
  const movedOn = createEditsEvent(db, place);

  const revisionOf = (pageId: number): number => {
    const row = count.get(pageId);
    if (!row) throw new AppError('not-found', place.unknown(pageId));
    return row.edits;
  };
  const expectRevision = (pageId: number, revision: number): void => {
    if (revisionOf(pageId) === revision) return;
    throw new AppError('conflict', 'The page was changed elsewhere meanwhile. It is read anew.');
  };

  const documents = (pageId: number): Map<string, Uint8Array> =>
    new Map(allDocuments.all(pageId).map(({ key, bytes }) => [key, bytes]));

  const stack = (pageId: number): EditStackRecord => {
    const rows = moves.all(pageId);
    const { undo, redo } = stacksOf(rows);
    const step = (ids: readonly number[]) => {
      const label = rows.find(({ id }) => id === ids.at(-1))?.label;
      return label === undefined ? null : { label };
    };
    return { revision: revisionOf(pageId), undo: step(undo), redo: step(redo) };
  };

  const document = (pageId: number, key: string): Uint8Array | null =>
    oneDocument.get(pageId, key)?.bytes ?? null;

  function change(pageId: number, changes: readonly ByteChange[]): void {
    for (const one of changes) {
      const after = applyChange(document(pageId, one.key), one);
      if (after === null) drop.run(pageId, one.key);
      else put.run(pageId, one.key, after);
    }
  }

  function enter(
    pageId: number,
    kind: EntryKind,
    target: number | null,
    { tool, label, who, milliseconds, changes }: Omit<NewEdit, 'revision'>,
  ): void {
    const decided = DECIDED[decision.get(pageId)!.review];
    change(pageId, changes);
    append.run({
      id: pageId,
      kind,
      target,
      tool,
      label,
      who,
      at: now(),
      milliseconds,
      changes: packChanges(changes),
    });
    advance.run(milliseconds, kind, pageId);
    if (decided && kind !== 'base') note(pageId, `In work again, changed after it was ${decided}`, who);
  }

  function note(pageId: number, label: string, who = ''): void {
    appendNote.run({ id: pageId, label, who, at: now(), changes: packChanges([]) });
  }

  function step(pageId: number, revision: number, who: string, kind: 'undo' | 'redo'): EditStep | null {
    return mutate(kind, (announce) => {
      expectRevision(pageId, revision);
      const rows = moves.all(pageId);
      const target = stacksOf(rows)[kind].at(-1);
      if (target === undefined) return null;
      const forwards = unpackChanges(changesOf.get(target)!.changes);
      const changes = kind === 'redo' ? forwards : forwards.reverse().map(reverseChange);
      const { label } = rows.find(({ id }) => id === target)!;
      enter(pageId, kind, target, { tool: kind, label, who, milliseconds: 0, changes });
      announce(movedOn(pageId, revision + 1));
      return { label, changes };
    });
  }

  /** The documents right after an entry: all that came later is taken back. */
  function documentsAfter(pageId: number, entryId: number | null): Map<string, Uint8Array> {
    const rows = moves.all(pageId);
    const known = entryId === null || all.all(pageId).some(({ id }) => id === entryId);
    if (!known) throw new AppError('not-found', `The page has no entry ${entryId} in its history.`);
    const past = documents(pageId);
    for (const { id } of rows.reverse()) {
      if (entryId !== null && id <= entryId) break;
      for (const one of unpackChanges(changesOf.get(id)!.changes).reverse()) {
        const before = applyChange(past.get(one.key) ?? null, reverseChange(one));
        if (before === null) past.delete(one.key);
        else past.set(one.key, before);
      }
    }
    return past;
  }

  /** What leads from the page's documents to others. */
  function changesTo(pageId: number, next: ReadonlyMap<string, Uint8Array>): ByteChange[] {
    const present = documents(pageId);
    return [...new Set([...next.keys(), ...present.keys()])].flatMap((key) => {
      return changeBetween(key, present.get(key) ?? null, next.get(key) ?? null) ?? [];
    });
  }

  return {
    documents,
    document,
    stack,
    commit: (pageId, { revision, ...edit }) =>
      mutate('commit edit', (announce) => {
        expectRevision(pageId, revision);
        enter(pageId, 'edit', null, edit);
        announce(movedOn(pageId, revision + 1));
        return stack(pageId);
      }),
    undo: (pageId, revision, who) => step(pageId, revision, who, 'undo'),
    redo: (pageId, revision, who) => step(pageId, revision, who, 'redo'),
    restore: (pageId, revision, entryId, who) =>
      mutate('restore', (announce) => {
        expectRevision(pageId, revision);
        const changes = changesTo(pageId, documentsAfter(pageId, entryId));
        const label = entryId === null ? 'Back to the machine’s reading' : 'Back to an earlier state';
        const entry = { tool: 'history', label, who, milliseconds: 0, changes };
        enter(pageId, 'restore', entryId, entry);
        announce(movedOn(pageId, revision + 1));
        return { label, changes };
      }),
    documentsAfter,
    rebase(pageId, next, label) {
      const changes = changesTo(pageId, next);
      enter(pageId, 'base', null, { tool: 'digitizer', label, who: '', milliseconds: 0, changes });
    },
    note: (pageId, label) => note(pageId, label),
    history(pageId) {
      const { undo } = stacksOf(moves.all(pageId));
      const holding = new Set(undo);
      return all.all(pageId).map(({ target, ...entry }) => ({
        ...entry,
        holds: entry.kind === 'review' || holding.has(entry.id) || (target !== null && holding.has(target)),
      }));
    },
  };
}
