import type { ReviewState } from '../../shared/api/edit-record.ts';
import type { PageStatus } from '../../shared/api/page-record.ts';
import type { ReadingFilter } from '../../shared/api/reading-record.ts';
import type { PageSort } from '../../shared/api/routes.ts';
import { STAGE_SQL } from './reading-stage-sql.ts';

/** Which pages to list, and in what order; absent means all. */
export interface PageQuery {
  /** Words that must all occur in the path, whatever their case. */
  readonly search?: string;
  readonly status?: PageStatus;
  readonly review?: ReviewState;
  /** How far double reading is. */
  readonly stage?: ReadingFilter;
  /** Whose review counts where a page is being read by two; the page's own when absent. */
  readonly reader?: string;
  readonly folderId?: number;
  /** A layout as in `PageSummary.layout`. */
  readonly layout?: string;
  readonly sort?: PageSort;
  readonly descending?: boolean;
}

const ORDER: Readonly<Record<PageSort, string>> = {
  name: 'sort_name',
  added: 'added_at',
  // What needs eyes first.
  status: `CASE status WHEN 'failed' THEN 0 WHEN 'partial' THEN 1 WHEN 'running' THEN 2 WHEN 'queued' THEN 3
    WHEN 'new' THEN 4 ELSE 5 END`,
  confidence: 'confidence',
  digitized: 'digitized_at',
  // The most deserving first; what was decided on needs no eyes.
  attention: `CASE WHEN review IN ('accepted', 'rejected') THEN NULL ELSE -attention END`,
  // Ranked behind this, see `nextPages`.
  teaching: 'sort_name',
  // The worst first.
  agreement: 'agreement',
};

/** The review that a reader sees of a page: his own until both have finished. */
const READER_REVIEW = `CASE WHEN ${STAGE_SQL} IN ('first', 'second') THEN coalesce(
  (SELECT review FROM readings WHERE page_id = pages.id AND reader = ?), 'open') ELSE review END`;
/** Pages that a reader works on or could take up. */
const MINE = `${STAGE_SQL} IN ('first', 'second') AND NOT EXISTS (SELECT 1 FROM readings
    WHERE page_id = pages.id AND given_back = 0 AND reader = ? AND review IN ('accepted', 'rejected'))
  AND (SELECT count(*) FROM readings WHERE page_id = pages.id AND given_back = 0 AND reader <> ?) < 2`;
/** What a word is looked for in: path, layout, note, tags, reasons of decisions, and what deserves eyes. */
const SEARCHED = `search || char(10) || lower(concat_ws(char(10), layout, note, tags, reason, attention_words))`;
const NULLABLE: ReadonlySet<PageSort> = new Set(['confidence', 'digitized', 'attention', 'agreement']);

/** SQL and values that list page ids for a query; pages without the sorted value come last either way. */
export function pageQuerySql(query: PageQuery): { sql: string; values: (string | number)[] } {
  const where: string[] = [];
  const values: (string | number)[] = [];
  const words = (query.search ?? '').normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean);
  for (const word of words) {
    where.push(`instr(${SEARCHED}, ?) > 0`);
    values.push(word);
  }
  const equals: readonly (readonly [string, string | number | undefined])[] = [
    ['status', query.status],
    [STAGE_SQL, query.stage === 'mine' ? undefined : query.stage],
    ...(query.reader === undefined ? ([['review', query.review]] as const) : []),
    ['folder_id', query.folderId],
    ['layout', query.layout],
  ];
  for (const [column, value] of equals) {
    if (value === undefined) continue;
    where.push(`${column} = ?`);
    values.push(value);
  }
  if (query.reader !== undefined && query.review !== undefined) {
    where.push(`${READER_REVIEW} = ?`);
    values.push(query.reader, query.review);
  }
  if (query.stage === 'mine') {
    where.push(MINE);
    values.push(query.reader ?? '', query.reader ?? '');
  }
  const direction = query.descending ? 'DESC' : 'ASC';
  const sort = query.sort ?? 'name';
  const key = ORDER[sort];
  const order = [
    ...(NULLABLE.has(sort) ? [`${key} ${direction} NULLS LAST`] : [`${key} ${direction}`]),
    ...(sort === 'name' || sort === 'teaching' ? [] : ['sort_name ASC']),
    'id ASC',
  ].join(', ');
  const filter = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
  return { sql: `SELECT id FROM pages ${filter} ORDER BY ${order}`, values };
}
