import { BASE_KEY } from '../../core/edit/edit-documents.ts';
import type { EditStackRecord, HistoryEntry, PageReview } from '../../shared/api/edit-record.ts';
import type { ReadingStage } from '../../shared/api/reading-record.ts';
import { AppError } from '../../shared/app-error.ts';
import { createEditTable, type EditTable } from './edit-table.ts';
import { createDecisions, type Decisions } from './review-table.ts';
import { READING_PLACE } from './stack-place.ts';
import type { StoreContext } from './store-context.ts';
import { STAGE_SQL } from './reading-stage-sql.ts';

/** One reader's work on a page. */
export interface Reading {
  readonly id: number;
  readonly reader: string;
  readonly review: PageReview;
}

/**
 * Pages as two readers correct them, each for himself: a stack of documents, a history and decisions of his own. A reader who
 * has not begun sees the page as the machine read it.
 */
export interface ReadingTable {
  /** Readings of a page, whoever began first first. */
  of(pageId: number): Reading[];
  /** Those that were given back, too. */
  ever(pageId: number): Reading[];
  stage(pageId: number): ReadingStage;
  /** Number of pages at each stage. */
  countByStage(): Record<ReadingStage, number>;
  documents(pageId: number, reader: string): Map<string, Uint8Array>;
  document(pageId: number, reader: string, key: string): Uint8Array | null;
  stack(pageId: number, reader: string): EditStackRecord;
  history(pageId: number, reader: string): HistoryEntry[];
  review(pageId: number, reader: string): PageReview;
  /** Id of a reader's reading, which begins where there is none. @throws AppError `locked` when two others read the page */
  begin(pageId: number, reader: string): number;
  /** Leaves the page to others; the work stays for when the same reader takes it up again. @throws AppError `usage` once it is finished */
  giveBack(pageId: number, reader: string): void;
  /** Keeps how near the two readings of a page came, decibels. */
  agree(pageId: number, snrDb: number): void;
  agreement(pageId: number): number | null;
  /** Corrections and decisions by the id of a reading. */
  readonly edits: EditTable;
  readonly decisions: Decisions;
}

/** Readers of a page. */
const READERS = 2;

const UNTOUCHED: PageReview = {
  state: 'open',
  reason: '',
  note: '',
  tags: [],
  leads: {},
  leadReasons: {},
  secondsSpent: 0,
  edits: 0,
};

/** @param pageEdits the corrections of the pages themselves */
export function createReadingTable(
  context: StoreContext,
  pageEdits: EditTable,
  now: () => number,
): ReadingTable {
  const { db, mutate } = context;
  const edits = createEditTable(context, now, READING_PLACE);
  const decisions = createDecisions(context, now, READING_PLACE);
  const all = db.prepare<[number], { id: number; reader: string }>(
    'SELECT id, reader FROM readings WHERE page_id = ? AND given_back = 0 ORDER BY id',
  );
  const ever = db.prepare<[number], { id: number; reader: string }>(
    'SELECT id, reader FROM readings WHERE page_id = ? ORDER BY id',
  );
  const one = db
    .prepare<[number, string], number>('SELECT id FROM readings WHERE page_id = ? AND reader = ?')
    .pluck();
  const insert = db.prepare<[number, string], { id: number }>(
    'INSERT INTO readings (page_id, reader) VALUES (?, ?) RETURNING id',
  );
  const takeUp = db.prepare('UPDATE readings SET given_back = 0 WHERE id = ?');
  const leave = db.prepare(
    `UPDATE readings SET given_back = 1 WHERE page_id = ? AND reader = ? AND given_back = 0
       AND review NOT IN ('accepted', 'rejected')`,
  );
  const copyBase = db.prepare(
    `INSERT INTO reading_documents (reading_id, key, bytes)
     SELECT ?, key, bytes FROM documents WHERE page_id = ? AND key = '${BASE_KEY}'`,
  );
  const stageOf = db
    .prepare<[number], ReadingStage>(`SELECT ${STAGE_SQL} FROM pages WHERE pages.id = ?`)
    .pluck();
  const stages = db.prepare<[], { stage: ReadingStage; n: number }>(
    `SELECT ${STAGE_SQL} AS stage, count(*) AS n FROM pages GROUP BY stage`,
  );
  const setAgreement = db.prepare('UPDATE pages SET agreement = ? WHERE id = ?');
  const getAgreement = db
    .prepare<[number], number | null>('SELECT agreement FROM pages WHERE id = ?')
    .pluck();

  const toReading = (row: { id: number; reader: string }): Reading => {
    return { ...row, review: decisions.get(row.id) };
  };
  const find = (pageId: number, reader: string): number | null => one.get(pageId, reader) ?? null;
  const document = (pageId: number, reader: string, key: string): Uint8Array | null => {
    const id = find(pageId, reader);
    if (id !== null) return edits.document(id, key);
    // A reader who has not begun starts from the reading that the page is at.
    return key === BASE_KEY ? pageEdits.document(pageId, key) : null;
  };

  function takeSeat(pageId: number, reader: string): number {
    return mutate('begin reading', (announce) => {
      const others = all.all(pageId);
      if (others.length >= READERS) {
        const names = others.map((other) => other.reader).join(' and ');
        throw new AppError('locked', `This page is read by ${names} already. Take another page.`);
      }
      announce({ type: 'pages', ids: [pageId] });
      const former = find(pageId, reader);
      if (former !== null) {
        takeUp.run(former);
        return former;
      }
      const { id } = insert.get(pageId, reader)!;
      copyBase.run(id, pageId);
      return id;
    });
  }

  return {
    edits,
    decisions,
    of: (pageId) => all.all(pageId).map(toReading),
    ever: (pageId) => ever.all(pageId).map(toReading),
    stage(pageId) {
      const stage = stageOf.get(pageId);
      if (!stage) throw new AppError('not-found', `There is no page ${pageId} in this project.`);
      return stage;
    },
    countByStage() {
      const counts = { first: 0, second: 0, adjudicate: 0, decided: 0 };
      for (const { stage, n } of stages.all()) counts[stage] = n;
      return counts;
    },
    documents(pageId, reader) {
      const id = find(pageId, reader);
      if (id !== null) return edits.documents(id);
      const base = document(pageId, reader, BASE_KEY);
      return new Map(base ? [[BASE_KEY, base]] : []);
    },
    document,
    stack(pageId, reader) {
      const id = find(pageId, reader);
      return id === null
        ? { revision: 0, undo: null, redo: null, undoable: 0, merged: false }
        : edits.stack(id);
    },
    history(pageId, reader) {
      const id = find(pageId, reader);
      return id === null ? [] : edits.history(id);
    },
    review(pageId, reader) {
      const id = find(pageId, reader);
      return id === null ? UNTOUCHED : decisions.get(id);
    },
    begin: (pageId, reader) => {
      const readers = all.all(pageId);
      return readers.find((other) => other.reader === reader)?.id ?? takeSeat(pageId, reader);
    },
    giveBack: (pageId, reader) =>
      mutate('give reading back', (announce) => {
        if (leave.run(pageId, reader).changes === 0) {
          throw new AppError('usage', 'There is no unfinished reading of yours to give back on this page.');
        }
        announce({ type: 'pages', ids: [pageId] });
      }),
    agree: (pageId, snrDb) =>
      mutate('keep agreement', (announce) => {
        setAgreement.run(snrDb, pageId);
        announce({ type: 'pages', ids: [pageId] });
      }),
    agreement: (pageId) => getAgreement.get(pageId) ?? null,
  };
}
