import type { PageOverrides } from '../../shared/api/page-record.ts';
import type { StoreContext } from './store-context.ts';

/** A page taken off the queue to be digitized. */
export interface ClaimedPage {
  readonly id: number;
  readonly fileId: number;
  readonly pageIndex: number;
  readonly overrides: PageOverrides;
  /** To be handed back with the result. */
  readonly revision: number;
}

/** The queue of pages to digitize; it lives in the database, so it survives a crash. */
export interface QueueTable {
  /**
   * Takes the next page, marking it `running`: the first of `preferred` that waits, else by priority and age.
   *
   * @returns null when nothing waits
   */
  claim(preferred: readonly number[]): ClaimedPage | null;
  /** Puts a page that is not finished back where it was. */
  release(id: number): void;
  /** Ends a page's run as failed, in words, without a result; a result of earlier stays. */
  fail(id: number, revision: number, message: string): void;
  /**
   * Sends pages to be digitized: new and failed ones, and with `again` finished ones too.
   *
   * @returns how many were queued now
   */
  enqueue(ids: readonly number[], options: { readonly again: boolean }): number;
  /**
   * Sends pages that no person touched, and that were read otherwise than by `model`, to be digitized behind all others: no
   * correction, decision, note, tag or statement. One that is touched meanwhile keeps its turn, and its corrections.
   *
   * @param model - as `versions.model` of a result tells it; null for no model
   */
  enqueueUntouched(model: string | null): number;
  /** Takes every waiting and running page off the queue; each is then what it was before. */
  clear(): void;
  waiting(): number;
}

interface Stored {
  id: number;
  fileId: number;
  pageIndex: number;
  overrides: string;
  revision: number;
}

/** A page during which the program ended this often is given up: it may well be the cause. */
const MAX_INTERRUPTIONS = 5;

export function createQueueTable({ db, mutate }: StoreContext): QueueTable {
  const columns = 'RETURNING id, file_id AS fileId, page_index AS pageIndex, overrides, revision';
  const take = `UPDATE pages SET status = 'running', interruptions = interruptions + 1 WHERE id =`;
  const takeOne = db.prepare<[number], Stored>(`${take} ? AND status = 'queued' ${columns}`);
  const takeNext = db.prepare<[], Stored>(
    `${take} (SELECT id FROM pages WHERE status = 'queued' ORDER BY priority DESC, id LIMIT 1) ${columns}`,
  );
  const release = db.prepare(
    `UPDATE pages SET status = 'queued', interruptions = max(0, interruptions - 1) WHERE id = ? AND status = 'running'`,
  );
  const fail = db.prepare(
    `UPDATE pages SET status = 'failed', message = ?, interruptions = 0, priority = 0
     WHERE id = ? AND revision = ? AND status = 'running'`,
  );
  const enqueue = db.prepare<[string, number], { id: number }>(
    `UPDATE pages SET status = 'queued', priority = 1, interruptions = 0
     WHERE id IN (SELECT value FROM json_each(?))
       AND (status IN ('new', 'failed') OR (? AND status IN ('ok', 'partial'))) RETURNING id`,
  );
  const untouched = db.prepare<[string | null], { id: number }>(
    `UPDATE pages SET status = 'queued', priority = -100, interruptions = 0
     WHERE status IN ('ok', 'partial', 'failed') AND edits = 0 AND review = 'open' AND overrides = '{}'
       AND note = '' AND tags = '[]' AND leads = '{}'
       AND (SELECT json_extract(versions, '$.model') FROM digitizations WHERE page_id = pages.id) IS NOT ?
     RETURNING id`,
  );
  const clear = db.prepare<[], { id: number }>(
    `UPDATE pages SET status = coalesce((SELECT status FROM digitizations WHERE page_id = pages.id), 'new'),
       revision = revision + 1, interruptions = 0
     WHERE status IN ('queued', 'running') RETURNING id`,
  );
  const count = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM pages WHERE status = 'queued'`);

  return {
    claim: (preferred) =>
      mutate('claim page', (announce) => {
        let row: Stored | undefined;
        for (const id of preferred) {
          row = takeOne.get(id);
          if (row) break;
        }
        row ??= takeNext.get();
        if (!row) return null;
        announce({ type: 'pages', ids: [row.id] });
        return { ...row, overrides: JSON.parse(row.overrides) as PageOverrides };
      }),
    release: (id) =>
      mutate('release page', (announce) => {
        if (release.run(id).changes > 0) announce({ type: 'pages', ids: [id] });
      }),
    fail: (id, revision, message) =>
      mutate('fail page', (announce) => {
        if (fail.run(message, id, revision).changes > 0) announce({ type: 'pages', ids: [id] });
      }),
    enqueue: (ids, { again }) =>
      mutate('enqueue pages', (announce) => {
        const queued = enqueue.all(JSON.stringify(ids), again ? 1 : 0).map(({ id }) => id);
        if (queued.length > 0) announce({ type: 'pages', ids: queued });
        return queued.length;
      }),
    enqueueUntouched: (model) =>
      mutate('enqueue untouched pages', (announce) => {
        const ids = untouched.all(model).map(({ id }) => id);
        if (ids.length > 0) announce({ type: 'pages', ids });
        return ids.length;
      }),
    clear: () =>
      mutate('clear queue', (announce) => {
        const ids = clear.all().map(({ id }) => id);
        if (ids.length > 0) announce({ type: 'pages', ids });
      }),
    waiting: () => count.get()!.n,
  };
}

/**
 * Puts the pages that were running when the program ended back into the queue, behind those that wait, so that a page
 * that brings the program down does not keep the others from being digitized.
 */
export function recoverQueue({ mutate, db }: StoreContext): void {
  mutate('recover queue', () => {
    db.prepare(
      `UPDATE pages SET status = 'failed', interruptions = 0, priority = 0, message = ?
       WHERE status = 'running' AND interruptions >= ?`,
    ).run(
      `The program ended ${MAX_INTERRUPTIONS} times while this page was being digitized, so it was given up. ` +
        'Digitize it again to retry.',
      MAX_INTERRUPTIONS,
    );
    db.prepare(
      `UPDATE pages SET status = 'queued', priority = -interruptions WHERE status = 'running'`,
    ).run();
  });
}
