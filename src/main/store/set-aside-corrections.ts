import { BASE_KEY, encodeJson } from '../../core/edit/edit-documents.ts';
import type { EditTable } from './edit-table.ts';
import type { ReadingTable } from './reading-table.ts';
import type { StoreContext } from './store-context.ts';

const WORDS = 'The scan was replaced by another';

/**
 * Makes what puts the corrections and decisions of a file's pages, and of their readers, aside when the scan they were made on gives way to
 * another: they stay in the journal, from where they can be taken back, and do not fall on the new picture. To be called
 * inside a transaction, before the readings are dropped.
 */
export function createSetAside(
  { db }: Pick<StoreContext, 'db'>,
  edits: EditTable,
  readings: ReadingTable,
): (fileId: number) => void {
  const corrected = db
    .prepare<[number], number>(
      `SELECT id FROM pages WHERE file_id = ?
         AND (edits > 0 OR EXISTS (SELECT 1 FROM readings WHERE page_id = pages.id))`,
    )
    .pluck();
  const keep = db.prepare(
    `INSERT OR IGNORE INTO bases (page_id, run, packed, overrides, versions)
     SELECT page_id, runs, packed, overrides, versions FROM digitizations WHERE page_id = ?`,
  );
  const lastRun = db.prepare<[number], number | null>('SELECT max(run) FROM bases WHERE page_id = ?').pluck();
  const doubt = db
    .prepare<[string, number], number>(
      `UPDATE pages SET review = 'second-look', reason = ? WHERE file_id = ? AND review <> 'open' RETURNING id`,
    )
    .pluck();
  const doubtReading = db.prepare(
    `UPDATE readings SET review = 'second-look', reason = ? WHERE id = ? AND review <> 'open'`,
  );
  const forget = db.prepare('UPDATE pages SET agreement = NULL WHERE id = ?');
  const reopenLeads = db.prepare(`UPDATE pages SET leads = '{}', lead_reasons = '{}' WHERE file_id = ?`);
  return (fileId) => {
    reopenLeads.run(fileId);
    for (const id of corrected.all(fileId)) {
      keep.run(id);
      const run = (lastRun.get(id) ?? 0) + 1;
      const bare = new Map([[BASE_KEY, encodeJson({ run })]]);
      edits.rebase(id, bare, `${WORDS}, corrections set aside`);
      for (const reading of readings.ever(id)) {
        readings.edits.rebase(reading.id, bare, `${WORDS}, corrections set aside`);
        if (doubtReading.run(WORDS, reading.id).changes > 0) {
          readings.edits.note(reading.id, `Wants a second look: ${WORDS}`);
        }
      }
      forget.run(id);
    }
    for (const id of doubt.all(WORDS, fileId)) edits.note(id, `Wants a second look: ${WORDS}`);
  };
}
