import { realpathSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { pageOverrides } from '../../shared/api/page-record.ts';
import type { PageOverrides, PageStatus, PageSummary } from '../../shared/api/page-record.ts';
import type { StoreContext } from './store-context.ts';
import { REVIEW_COLUMNS, toReview, type StoredReview } from './stored-review.ts';
import { pageQuerySql } from './page-query.ts';
import type { PageQuery } from './page-query.ts';

/** Where a page's scan lies. */
export interface PageLocation {
  readonly scanPath: string;
  readonly folderPath: string;
  readonly pageIndex: number;
  /** Changes whenever the file's content may have. */
  readonly contentHash: string;
}

/** The pages of a project. */
export interface PageTable {
  count(): number;
  countByStatus(): Record<PageStatus, number>;
  /** Ids in list order; a few milliseconds for 10,000 pages. */
  ids(query?: PageQuery): number[];
  /** Rows of the queue in the order of `ids`; unknown ids are left out. */
  summaries(ids: readonly number[]): PageSummary[];
  /** @throws AppError `not-found` */
  summary(id: number): PageSummary;
  /** Pages before and behind this one by name, nearest first. */
  neighbours(id: number, reach: number): number[];
  /** Where the scan of a page is said to lie; null for an unknown page. Touches no file. */
  locate(id: number): PageLocation | null;
  /**
   * Real path of a page's scan, certain to lie inside its folder.
   *
   * @throws AppError `not-found` (page or file), `forbidden` when a link leads out of the folder
   */
  scanPath(id: number): string;
  overrides(id: number): PageOverrides;
  /** Replaces the overrides and sends the page to be digitized before all others. @throws AppError `not-found` */
  setOverrides(id: number, overrides: PageOverrides): void;
}

interface SummaryRow extends Omit<PageSummary, 'name' | 'review' | 'attention' | 'reading'>, StoredReview {
  missing: number;
  score: number | null;
  words: string | null;
}

interface LocationRow {
  folderPath: string;
  relativePath: string;
  pageIndex: number;
  hash: string | null;
  size: number;
  mtimeMs: number;
}

const IN_LIST = 'IN (SELECT value FROM json_each(?))';

export function createPageTable({ db, mutate }: StoreContext): PageTable {
  const total = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM pages');
  const byStatus = db.prepare<[], { status: PageStatus; n: number }>(
    'SELECT status, count(*) AS n FROM pages GROUP BY status',
  );
  const rows = db.prepare<[string], SummaryRow>(
    `SELECT pages.id, pages.folder_id AS folderId, relative_path AS relativePath, page_index AS pageIndex, status,
       confidence, layout, leads_found AS leadsFound, findings, message, width, height, added_at AS addedAt,
       digitized_at AS digitizedAt, missing,
       ${REVIEW_COLUMNS}, attention AS score, attention_words AS words
     FROM pages JOIN files ON files.id = file_id WHERE pages.id ${IN_LIST}`,
  );
  const location = db.prepare<[number], LocationRow>(
    `SELECT folders.path AS folderPath, relative_path AS relativePath, page_index AS pageIndex, hash, size,
       mtime_ms AS mtimeMs
     FROM pages JOIN files ON files.id = file_id JOIN folders ON folders.id = files.folder_id WHERE pages.id = ?`,
  );
  const near = (comparison: '<' | '>'): ReturnType<typeof db.prepare<[number, number], { id: number }>> =>
    db.prepare<[number, number], { id: number }>(
      `SELECT p.id FROM pages q JOIN pages p ON (p.sort_name, p.id) ${comparison} (q.sort_name, q.id)
       WHERE q.id = ? ORDER BY p.sort_name ${comparison === '<' ? 'DESC' : 'ASC'}, p.id LIMIT ?`,
    );
  const before = near('<');
  const behind = near('>');
  const readOverrides = db.prepare<[number], { overrides: string }>(
    'SELECT overrides FROM pages WHERE id = ?',
  );
  const writeOverrides = db.prepare(
    `UPDATE pages SET overrides = ?, revision = revision + 1, status = 'queued', priority = 2, interruptions = 0
     WHERE id = ?`,
  );

  const unknown = (id: number): AppError =>
    new AppError('not-found', `There is no page ${id} in this project.`);
  const summaries = (ids: readonly number[]): PageSummary[] => {
    const found = new Map(rows.all(JSON.stringify(ids)).map((row) => [row.id, toSummary(row)]));
    return ids.flatMap((id) => found.get(id) ?? []);
  };
  const locate = (id: number): PageLocation | null => {
    const row = location.get(id);
    if (!row) return null;
    const scanPath = join(row.folderPath, ...row.relativePath.split('/'));
    const contentHash = row.hash ?? `${row.size}-${Math.round(row.mtimeMs)}`;
    return { scanPath, folderPath: row.folderPath, pageIndex: row.pageIndex, contentHash };
  };

  return {
    count: () => total.get()!.n,
    countByStatus() {
      const counts = { new: 0, queued: 0, running: 0, ok: 0, partial: 0, failed: 0 };
      for (const { status, n } of byStatus.all()) counts[status] = n;
      return counts;
    },
    ids(query = {}) {
      const { sql, values } = pageQuerySql(query);
      return db
        .prepare<(string | number)[], number>(sql)
        .pluck()
        .all(...values) as number[];
    },
    summaries,
    summary(id) {
      const found = summaries([id])[0];
      if (!found) throw unknown(id);
      return found;
    },
    neighbours(id, reach) {
      const earlier = before.all(id, reach);
      const later = behind.all(id, reach);
      const mixed: number[] = [];
      for (let i = 0; i < reach; i++) {
        // People mostly go forward.
        for (const row of [later[i], earlier[i]]) if (row) mixed.push(row.id);
      }
      return mixed;
    },
    locate,
    scanPath(id) {
      const place = locate(id);
      if (!place) throw unknown(id);
      let real: string;
      try {
        real = realpathSync(place.scanPath);
      } catch (cause) {
        const name = basename(place.scanPath);
        throw new AppError('not-found', `"${name}" is no longer in ${place.folderPath}.`, { cause });
      }
      const root = place.folderPath.endsWith(sep) ? place.folderPath : place.folderPath + sep;
      if (!real.startsWith(root)) {
        throw new AppError('forbidden', `"${basename(real)}" is a link that leads out of its folder.`);
      }
      return real;
    },
    overrides(id) {
      const row = readOverrides.get(id);
      if (!row) throw unknown(id);
      return pageOverrides.parse(JSON.parse(row.overrides));
    },
    setOverrides: (id, overrides) =>
      mutate('set overrides', (announce) => {
        const stated = Object.entries(pageOverrides.parse(overrides)).filter(
          ([, value]) => value !== null && value !== undefined,
        );
        const json = JSON.stringify(Object.fromEntries(stated));
        if (writeOverrides.run(json, id).changes === 0) throw unknown(id);
        announce({ type: 'pages', ids: [id] });
      }),
  };
}

function toSummary(stored: SummaryRow): PageSummary {
  const { missing, state, reason, note, tags, leads, milliseconds, edits, score, words, ...row } = stored;
  const fileName = row.relativePath.slice(row.relativePath.lastIndexOf('/') + 1);
  return {
    ...row,
    name: row.pageIndex > 0 ? `${fileName} · p${row.pageIndex + 1}` : fileName,
    review: toReview({ state, reason, note, tags, leads, milliseconds, edits }),
    attention: score === null || words === null ? null : { score, words },
    reading: null,
    message: missing === 1 ? `The scan is no longer in its folder (${row.relativePath}).` : row.message,
  };
}
