import type { EditTable } from './edit-table.ts';
import type { ReadingTable } from './reading-table.ts';
import { createSetAside } from './set-aside-corrections.ts';
import type { StoreContext } from './store-context.ts';
import { sortName } from './sort-name.ts';

/** A scan as met on disk. */
export interface FoundFile {
  /** Below the folder, with `/` between parts. */
  readonly relativePath: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** A scan as the project knows it. */
export interface KnownFile extends FoundFile {
  readonly id: number;
  readonly folderId: number;
  /** SHA-256 of the content, hexadecimal; null until it was inspected. */
  readonly hash: string | null;
  /** Not on disk the last time its folder was read. */
  readonly missing: boolean;
}

/** What the content of a file told. */
export interface Inspection {
  readonly hash: string;
  readonly pageCount: number;
}

/** The scans of a project. All changes come in batches, one transaction each. */
export interface FileTable {
  inFolder(folderId: number): KnownFile[];
  /** New files, one page each until they are inspected; `queue` sends the pages to be digitized. */
  add(folderId: number, files: readonly FoundFile[], options: { readonly queue: boolean }): number[];
  /** Takes files off, or puts them back on, disk; their results stay. */
  setMissing(ids: readonly number[], missing: boolean): void;
  /** Missing files of this size whose content is known: what a new file may have been before it moved. */
  missingOfSize(size: number): KnownFile[];
  /** Follows a file to its new place; its pages keep ids, overrides and results. */
  move(id: number, folderId: number, to: FoundFile): void;
  /** Files whose content was never looked at, oldest first. */
  uninspected(after: number, limit: number): KnownFile[];
  /**
   * Notes content hash and page count of a new file, and adds the pages behind the first. A missing file of the same
   * content is taken to be this one before it moved: the new entry then gives way to it, unless it has results.
   */
  recordInspection(id: number, inspection: Inspection): void;
  /**
   * Notes a changed file: with the same content only its time, with another its pages start anew; their corrections stay in
   * the history alone.
   */
  recordChange(id: number, found: FoundFile, inspection: Inspection): void;
}

interface Stored {
  id: number;
  folderId: number;
  relativePath: string;
  size: number;
  mtimeMs: number;
  hash: string | null;
  missing: number;
}

/** More pages than this in one file are not ECG paper. */
const MAX_PAGES_PER_FILE = 5000;

const toFile = ({ missing, ...row }: Stored): KnownFile => ({ ...row, missing: missing === 1 });

export function createFileTable(
  { db, mutate }: StoreContext,
  edits: EditTable,
  readings: ReadingTable,
  now: () => number,
): FileTable {
  const setAside = createSetAside({ db }, edits, readings);
  const columns = `SELECT id, folder_id AS folderId, relative_path AS relativePath, size, mtime_ms AS mtimeMs, hash,
    missing FROM files`;
  const byFolder = db.prepare<[number], Stored>(`${columns} WHERE folder_id = ?`);
  const byId = db.prepare<[number], Stored>(`${columns} WHERE id = ?`);
  const bySize = db.prepare<[number], Stored>(
    `${columns} WHERE missing = 1 AND size = ? AND hash IS NOT NULL ORDER BY id`,
  );
  const bare = db.prepare<[number, number], Stored>(
    `${columns} WHERE hash IS NULL AND missing = 0 AND id > ? ORDER BY id LIMIT ?`,
  );
  const twin = db.prepare<[string, number], Stored>(
    `${columns} WHERE hash = ? AND missing = 1 AND id <> ? ORDER BY id LIMIT 1`,
  );
  const insertFile = db.prepare<[number, string, number, number], { id: number }>(
    `INSERT INTO files (folder_id, relative_path, size, mtime_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT DO NOTHING RETURNING id`,
  );
  const insertPage = db.prepare(
    `INSERT INTO pages (file_id, folder_id, page_index, search, sort_name, status, added_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const firstStatus = db.prepare<[number], { status: string }>(
    'SELECT status FROM pages WHERE file_id = ? ORDER BY page_index LIMIT 1',
  );
  const setMissing = db.prepare('UPDATE files SET missing = ? WHERE id = ? AND missing <> ?');
  const unqueue = db.prepare(`UPDATE pages SET status = 'new' WHERE file_id = ? AND status = 'queued'`);
  const requeue = db.prepare(
    `UPDATE pages SET status = 'queued' WHERE file_id = ? AND status = 'new' AND digitized_at IS NULL`,
  );
  const pagesOf = db.prepare<[number], { id: number; pageIndex: number; untouched: number }>(
    `SELECT id, page_index AS pageIndex, digitized_at IS NULL AND overrides = '{}' AS untouched
     FROM pages WHERE file_id = ?`,
  );
  const setPlace = db.prepare(
    'UPDATE files SET folder_id = ?, relative_path = ?, size = ?, mtime_ms = ?, missing = 0 WHERE id = ?',
  );
  const renamePage = db.prepare('UPDATE pages SET folder_id = ?, search = ?, sort_name = ? WHERE id = ?');
  const setHash = db.prepare('UPDATE files SET hash = ? WHERE id = ?');
  const setState = db.prepare('UPDATE files SET size = ?, mtime_ms = ?, hash = ?, missing = 0 WHERE id = ?');
  const dropFile = db.prepare('DELETE FROM files WHERE id = ?');
  const dropPagesFrom = db.prepare('DELETE FROM pages WHERE file_id = ? AND page_index >= ?');
  const dropResults = db.prepare(
    'DELETE FROM digitizations WHERE page_id IN (SELECT id FROM pages WHERE file_id = ?)',
  );
  const dropThumbnails = db.prepare(
    'DELETE FROM thumbnails WHERE page_id IN (SELECT id FROM pages WHERE file_id = ?)',
  );
  const restart = db.prepare(
    `UPDATE pages SET status = 'queued', priority = 0, interruptions = 0, revision = revision + 1, overrides = '{}',
       confidence = NULL, layout = NULL, leads_found = NULL, findings = 0, message = NULL, width = NULL,
       height = NULL, digitized_at = NULL, grid = NULL, attention = NULL, attention_words = NULL
     WHERE file_id = ?`,
  );

  const addPages = (
    fileId: number,
    { folderId, relativePath }: KnownFile,
    count: number,
    status: string,
  ): number => {
    const search = relativePath.normalize('NFC').toLowerCase();
    let added = 0;
    for (let index = 0; index < Math.min(count, MAX_PAGES_PER_FILE); index++) {
      added += insertPage.run(
        fileId,
        folderId,
        index,
        search,
        sortName(relativePath, index),
        status,
        now(),
      ).changes;
    }
    return added;
  };
  const ensure = (id: number, count: number): number => {
    const file = byId.get(id);
    const status = firstStatus.get(id)?.status === 'new' ? 'new' : 'queued';
    return file ? addPages(id, toFile(file), count, status) : 0;
  };
  const place = (id: number, folderId: number, to: FoundFile): void => {
    setPlace.run(folderId, to.relativePath, to.size, to.mtimeMs, id);
    const search = to.relativePath.normalize('NFC').toLowerCase();
    for (const page of pagesOf.all(id)) {
      renamePage.run(folderId, search, sortName(to.relativePath, page.pageIndex), page.id);
    }
    requeue.run(id);
  };

  return {
    inFolder: (folderId) => byFolder.all(folderId).map(toFile),
    add: (folderId, files, { queue }) =>
      mutate('add files', (announce) => {
        const ids: number[] = [];
        for (const file of files) {
          const row = insertFile.get(folderId, file.relativePath, file.size, file.mtimeMs);
          if (!row) continue;
          const known: KnownFile = { ...file, id: row.id, folderId, hash: null, missing: false };
          addPages(row.id, known, 1, queue ? 'queued' : 'new');
          ids.push(row.id);
        }
        if (ids.length > 0) {
          announce({ type: 'list' });
          announce({ type: 'folders' });
        }
        return ids;
      }),
    setMissing: (ids, missing) =>
      mutate('note missing files', (announce) => {
        const flag = missing ? 1 : 0;
        const touched = ids.filter((id) => setMissing.run(flag, id, flag).changes > 0);
        for (const id of touched) (missing ? unqueue : requeue).run(id);
        const pages = touched.flatMap((id) => pagesOf.all(id).map((page) => page.id));
        if (pages.length > 0) announce({ type: 'pages', ids: pages });
      }),
    missingOfSize: (size) => bySize.all(size).map(toFile),
    move: (id, folderId, to) =>
      mutate('move file', (announce) => {
        place(id, folderId, to);
        announce({ type: 'list' });
        announce({ type: 'folders' });
        announce({ type: 'pages', ids: pagesOf.all(id).map((page) => page.id) });
      }),
    uninspected: (after, limit) => bare.all(after, limit).map(toFile),
    recordInspection: (id, { hash, pageCount }) =>
      mutate('record inspection', (announce) => {
        const file = byId.get(id);
        if (!file) return;
        const earlier = twin.get(hash, id);
        if (earlier && pagesOf.all(id).every(({ untouched }) => untouched === 1)) {
          dropFile.run(id);
          place(earlier.id, file.folderId, file);
          announce({ type: 'list' });
          announce({ type: 'folders' });
          return;
        }
        setHash.run(hash, id);
        if (ensure(id, pageCount) > 0) announce({ type: 'list' });
      }),
    recordChange: (id, found, { hash, pageCount }) =>
      mutate('record change', (announce) => {
        const before = byId.get(id);
        if (!before) return;
        setState.run(found.size, found.mtimeMs, hash, id);
        if (before.hash !== hash) {
          dropPagesFrom.run(id, Math.max(1, pageCount));
          setAside(id);
          dropResults.run(id);
          dropThumbnails.run(id);
          restart.run(id);
          ensure(id, pageCount);
          announce({ type: 'list' });
        } else if (before.missing === 1) {
          requeue.run(id);
        }
        announce({ type: 'pages', ids: pagesOf.all(id).map((page) => page.id) });
      }),
  };
}
