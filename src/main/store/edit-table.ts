import { BASE_KEY, decodeJson } from '../../core/edit/edit-documents.ts';

import { AppError } from '../../shared/app-error.ts';
import type { EditStackRecord, HistoryEntry, LeadReview, ReviewState } from '../../shared/api/edit-record.ts';
import { applyChange, reverseChange, type ByteChange } from '../../shared/edit/byte-change.ts';
import { documentChanges } from '../../shared/edit/document-changes.ts';
import {
  packChanges,
  stacksOf,
  unpackChanges,
  type EditStacks,
  type EntryKind,
  type LoggedEntry,
} from './edit-log.ts';
import { createEditsEvent, PAGE_PLACE, type StackPlace } from './stack-place.ts';
import type { Announce, StoreContext } from './store-context.ts';

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
 * transaction of a few milliseconds; no entry is ever removed from the journal, though what old ones changed may be merged
 * (`compaction`).
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
   * @throws AppError `conflict`, `not-found`, also for a state that is merged with others
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

/** An entry as it was walked back over; `merged_into` see migrations. */
interface Walked {
  readonly id: number;
  readonly merged: number | null;
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
  const moves = db.prepare<[number, number], Row>(
    `SELECT id, kind, target, label FROM journal WHERE ${entries} AND kind != 'review' AND id > ? ORDER BY id`,
  );
  const walk = db.prepare<[number], Walked>(
    `SELECT id, merged_into AS merged FROM journal WHERE ${entries} AND kind != 'review' ORDER BY id DESC`,
  );
  const mergedThrough = db
    .prepare<[number], number>(`SELECT merged_through FROM ${stacks} WHERE id = ?`)
    .pluck();
  const changesOf = db.prepare<[number], { changes: Uint8Array }>('SELECT changes FROM journal WHERE id = ?');
  const all = db.prepare<
    [number],
    Omit<HistoryEntry, 'holds' | 'kept' | 'undoable'> & { target: number | null; merged: number | null }
  >(
    `SELECT id, kind, target, tool, label, who, at, milliseconds, model, merged_into AS merged FROM journal WHERE ${entries} ORDER BY id`,
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
  const leadsOf = db.prepare<[number], { leads: string; reasons: string }>(
    `SELECT leads, lead_reasons AS reasons FROM ${stacks} WHERE id = ?`,
  );
  const setLeads = db.prepare(`UPDATE ${stacks} SET leads = ?, lead_reasons = ? WHERE id = ?`);
  const firstRun = db
    .prepare<[number], number | null>('SELECT min(run) FROM bases WHERE page_id = ?')
    .pluck();
  // A page that waits to be digitized keeps what was stated for that.
  const restate = db.prepare(
    `UPDATE pages SET overrides = coalesce(
       (SELECT overrides FROM digitizations WHERE runs = ? AND page_id = ?),
       (SELECT overrides FROM bases WHERE run = ? AND page_id = ?), overrides)
     WHERE id = ? AND status NOT IN ('queued', 'running')`,
  );
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

  /** What can be taken back and done again: what lies behind the last entry that was merged. */
  function reach(pageId: number): EditStacks & { readonly rows: readonly Row[]; readonly merged: number } {
    const merged = mergedThrough.get(pageId) ?? 0;
    const rows = moves.all(pageId, merged);
    const { undo, redo } = stacksOf(rows);
    return { rows, merged, undo: undo.filter((id) => id > merged), redo };
  }

  const stack = (pageId: number): EditStackRecord => {
    const { rows, merged, undo, redo } = reach(pageId);
    const step = (ids: readonly number[]) => {
      const label = rows.findLast(({ id }) => id === ids.at(-1))?.label;
      return label === undefined ? null : { label };
    };
    return {
      revision: revisionOf(pageId),
      undo: step(undo),
      redo: step(redo),
      undoable: undo.length,
      merged: merged > 0,
    };
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
    if (kind === 'base') return;
    reopenLeads(pageId, changes, who);
    if (stacks === 'pages' && changes.some(({ key }) => key === BASE_KEY)) followBase(pageId);
    if (decided) note(pageId, `In work again, changed after it was ${decided}`, who);
  }

  /** Leads that are changed after somebody decided on them are open again. */
  function reopenLeads(pageId: number, changes: readonly ByteChange[], who: string): void {
    const row = leadsOf.get(pageId)!;
    const leads = JSON.parse(row.leads) as Record<string, LeadReview>;
    const reasons = JSON.parse(row.reasons) as Record<string, string>;
    const touched = new Set(changes.map(({ key }) => key.split('/')[1]));
    const reopened = Object.keys(leads).filter((cellId) => touched.has(cellId));
    if (reopened.length === 0) return;
    for (const cellId of reopened) {
      note(pageId, `Lead open again, changed after it was ${DECIDED[leads[cellId]!]}`, who);
      delete leads[cellId];
      delete reasons[cellId];
    }
    setLeads.run(JSON.stringify(leads), JSON.stringify(reasons), pageId);
  }

  /** What was stated about the page is what its reading was made with: another reading, other statements. */
  function followBase(pageId: number): void {
    const known = document(pageId, BASE_KEY);
    const run = known ? decodeJson<{ run: number }>(known).run : (firstRun.get(pageId) ?? null);
    restate.run(run, pageId, run, pageId, pageId);
  }

  function note(pageId: number, label: string, who = ''): void {
    appendNote.run({ id: pageId, label, who, at: now(), changes: packChanges([]) });
  }

  function step(pageId: number, revision: number, who: string, kind: 'undo' | 'redo'): EditStep | null {
    return mutate(kind, (announce) => {
      expectRevision(pageId, revision);
      const { rows, ...stacks } = reach(pageId);
      const target = stacks[kind].at(-1);
      if (target === undefined) return null;
      const forwards = unpackChanges(changesOf.get(target)!.changes);
      const changes = kind === 'redo' ? forwards : forwards.reverse().map(reverseChange);
      const { label } = rows.find(({ id }) => id === target)!;
      enter(pageId, kind, target, { tool: kind, label, who, milliseconds: 0, changes });
      tell(announce, pageId, revision + 1, changes);
      return { label, changes };
    });
  }

  /** Tells of a step; where the page has another reading now, of the page itself. */
  function tell(announce: Announce, pageId: number, revision: number, changes: readonly ByteChange[]): void {
    announce(movedOn(pageId, revision));
    if (stacks === 'pages' && changes.some(({ key }) => key === BASE_KEY))
      announce({ type: 'pages', ids: [pageId] });
  }

  /** The documents right after an entry: all that came later is taken back. */
  function documentsAfter(pageId: number, entryId: number | null): Map<string, Uint8Array> {
    const known = entryId === null || all.all(pageId).some(({ id }) => id === entryId);
    if (!known) throw new AppError('not-found', `The page has no entry ${entryId} in its history.`);
    const past = documents(pageId);
    for (const { id, merged } of walk.all(pageId)) {
      if (entryId !== null && id <= entryId) {
        if (merged !== null && merged !== id) throw lost();
        break;
      }
      if (merged !== null && merged !== id) continue;
      for (const one of unpackChanges(changesOf.get(id)!.changes).reverse()) {
        const before = applyChange(past.get(one.key) ?? null, reverseChange(one));
        if (before === null) past.delete(one.key);
        else past.set(one.key, before);
      }
    }
    return past;
  }

  const changesTo = (pageId: number, next: ReadonlyMap<string, Uint8Array>): ByteChange[] =>
    documentChanges(documents(pageId), next);

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
        tell(announce, pageId, revision + 1, changes);
        return { label, changes };
      }),
    documentsAfter,
    rebase(pageId, next, label) {
      const changes = changesTo(pageId, next);
      enter(pageId, 'base', null, { tool: 'digitizer', label, who: '', milliseconds: 0, changes });
    },
    note: (pageId, label) => note(pageId, label),
    history(pageId) {
      const { undo } = stacksOf(moves.all(pageId, 0));
      const holding = new Set(undo);
      const through = mergedThrough.get(pageId) ?? 0;
      let kept = true;
      return all.all(pageId).map(({ target, merged, ...entry }) => {
        if (entry.kind !== 'review') kept = merged === null || merged === entry.id;
        const holds =
          entry.kind === 'review' || holding.has(entry.id) || (target !== null && holding.has(target));
        return { ...entry, holds, kept, undoable: entry.id > through && holding.has(entry.id) };
      });
    },
  };
}

function lost(): AppError {
  return new AppError(
    'not-found',
    'The steps around this one were merged when the history was compacted. Bring the page back to one of the states that were kept; the history marks them.',
  );
}
