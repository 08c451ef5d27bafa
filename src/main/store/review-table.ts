import { AppError } from '../../shared/app-error.ts';
import type { PageReview, ReviewChange, ReviewState } from '../../shared/api/edit-record.ts';
import { packChanges } from './edit-log.ts';
import type { StoreContext } from './store-context.ts';
import { REVIEW_COLUMNS, toReview, type StoredReview } from './stored-review.ts';

/** How the project stands. */
export interface ReviewProgress {
  readonly pages: number;
  readonly byReview: Readonly<Record<ReviewState, number>>;
  readonly secondsSpent: number;
  /** Over accepted pages; null before the first. */
  readonly medianSecondsPerAccepted: number | null;
}

/** What people decided about pages, and the time they spent. Each decision is an entry of the page's journal. */
export interface ReviewTable {
  /** @throws AppError `not-found` */
  get(pageId: number): PageReview;
  /** @param nameOf - name of a lead for the history, by cell */
  change(pageId: number, change: ReviewChange, who: string, nameOf?: (cellId: string) => string): PageReview;
  progress(): ReviewProgress;
}

const WORDS: Readonly<Record<ReviewState, string>> = {
  open: 'Open again',
  'in-work': 'Taken up',
  accepted: 'Accepted',
  rejected: 'Rejected',
  'second-look': 'Wants a second look',
};

export function createReviewTable({ db, mutate }: StoreContext, now: () => number): ReviewTable {
  const read = db.prepare<[number], StoredReview>(`SELECT ${REVIEW_COLUMNS} FROM pages WHERE id = ?`);
  const write = db.prepare(
    `UPDATE pages SET review = ?, reason = ?, note = ?, tags = ?, leads = ?, milliseconds_spent = milliseconds_spent + ? WHERE id = ?`,
  );
  const append = db.prepare(
    `INSERT INTO journal (page_id, kind, tool, label, who, at, milliseconds, changes)
     VALUES (?, 'review', 'review', ?, ?, ?, ?, ?)`,
  );
  const states = db.prepare<[], { state: ReviewState; n: number; milliseconds: number }>(
    'SELECT review AS state, count(*) AS n, sum(milliseconds_spent) AS milliseconds FROM pages GROUP BY review',
  );
  const accepted = db
    .prepare<[], number>(
      `SELECT milliseconds_spent FROM pages WHERE review = 'accepted' ORDER BY milliseconds_spent
       LIMIT 1 OFFSET (SELECT max(0, count(*) - 1) / 2 FROM pages WHERE review = 'accepted')`,
    )
    .pluck();

  const get = (pageId: number): PageReview => {
    const row = read.get(pageId);
    if (!row) throw new AppError('not-found', `There is no page ${pageId} in this project.`);
    return toReview(row);
  };

  return {
    get,
    change: (pageId, change, who, nameOf = (cellId) => cellId) =>
      mutate('review', (announce) => {
        const before = get(pageId);
        const state = change.state ?? before.state;
        const reason = change.reason ?? (change.state ? '' : before.reason);
        const note = change.note ?? before.note;
        const tags = change.tags ?? before.tags;
        const decided = Object.entries(change.leads ?? {}).filter(
          ([cellId, lead]) => (before.leads[cellId] ?? 'open') !== lead,
        );
        const leads = Object.fromEntries(
          Object.entries({ ...before.leads, ...change.leads }).filter(([, lead]) => lead !== 'open'),
        );
        const milliseconds = change.milliseconds ?? 0;
        const [tagsJson, leadsJson] = [tags, leads].map((value) => JSON.stringify(value));
        write.run(state, reason, note, tagsJson, leadsJson, milliseconds, pageId);
        const said = [
          ...(state !== before.state ? [reason ? `${WORDS[state]}: ${reason}` : WORDS[state]] : []),
          ...decided.map(([cellId, lead]) => `${nameOf(cellId)}: ${WORDS[lead].toLowerCase()}`),
          ...(note !== before.note ? ['Note changed'] : []),
          ...(tags.join() !== before.tags.join() ? [`Tags: ${tags.join(', ') || 'none'}`] : []),
        ];
        if (said.length > 0) {
          append.run(pageId, said.join(' · ').slice(0, 400), who, now(), milliseconds, packChanges([]));
        }
        announce({ type: 'pages', ids: [pageId] });
        return get(pageId);
      }),
    progress() {
      const byReview = { open: 0, 'in-work': 0, accepted: 0, rejected: 0, 'second-look': 0 };
      let milliseconds = 0;
      let pages = 0;
      for (const row of states.all()) {
        byReview[row.state] = row.n;
        pages += row.n;
        milliseconds += row.milliseconds;
      }
      const median = accepted.get();
      return {
        pages,
        byReview,
        secondsSpent: milliseconds / 1000,
        medianSecondsPerAccepted: median === undefined ? null : median / 1000,
      };
    },
  };
}
