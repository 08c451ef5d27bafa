import type { ServerEvent } from '../../shared/api/server-event.ts';
import type { Db } from './open-database.ts';

type EditsEvent = Extract<ServerEvent, { type: 'edits' }>;

/**
 * Where a stack of corrections is kept: that of the page itself, or that of one reader of it. Both are made of documents, a
 * journal and a row that counts and tells how far review is, and work alike; the ids are those of pages or of readings.
 */
export interface StackPlace {
  /** Table of the rows. */
  readonly rows: 'pages' | 'readings';
  readonly documents: 'documents' | 'reading_documents';
  /** Column of `documents` that names the row. */
  readonly owner: 'page_id' | 'reading_id';
  /** SQL that finds the entries of the journal of row `?`. */
  readonly entries: string;
  /** SQL of the page, and of the reading, of row `@id`. */
  readonly pageOf: string;
  readonly readingOf: string;
  /** What is said of an id that is none. */
  readonly unknown: (id: number) => string;
}

export const PAGE_PLACE: StackPlace = {
  rows: 'pages',
  documents: 'documents',
  owner: 'page_id',
  entries: 'page_id = ? AND reading_id IS NULL',
  pageOf: '@id',
  readingOf: 'NULL',
  unknown: (id) => `There is no page ${id} in this project.`,
};

export const READING_PLACE: StackPlace = {
  rows: 'readings',
  documents: 'reading_documents',
  owner: 'reading_id',
  entries: 'reading_id = ?',
  pageOf: '(SELECT page_id FROM readings WHERE id = @id)',
  readingOf: '@id',
  unknown: (id) => `There is no reading ${id} in this project.`,
};

/** Makes what is told when a stack has moved on to a revision. */
export function createEditsEvent(db: Db, { rows }: StackPlace): (id: number, revision: number) => EditsEvent {
  if (rows === 'pages') return (id, revision) => ({ type: 'edits', id, reader: '', revision });
  const find = db.prepare<[number], { id: number; reader: string }>(
    'SELECT page_id AS id, reader FROM readings WHERE id = ?',
  );
  return (id, revision) => ({ type: 'edits', ...find.get(id)!, revision });
}
