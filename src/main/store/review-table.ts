import { AppError } from '../../shared/app-error.ts';
import type { PageReview, ReviewChange, ReviewState } from '../../shared/api/edit-record.ts';
import { packChanges } from './edit-log.ts';
import { PAGE_PLACE, type StackPlace } from './stack-place.ts';
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

/** What people decided about pages, or readers about their readings. Each decision is an entry of the journal. */
export interface Decisions {
  /** @throws AppError `not-found` */
  get(pageId: number): PageReview;
  /** @param nameOf - name of a lead for the history, by cell */
  change(pageId: number, change: ReviewChange, who: string, nameOf?: (cellId: string) => string): PageReview;
}

/** What people decided about pages, and the time they spent. */
export interface ReviewTable extends Decisions {
  progress(): ReviewProgress;
}

const WORDS: Readonly<Record<ReviewState, string>> = {
  open: 'Open again',
  'in-work': 'Taken up',
  accepted: 'Accepted',
  rejected: 'Rejected',
  'second-look': 'Wants a second look',
};

/** Decisions kept in one place: on pages, or (then all ids are those of readings) on what their readers did. */
export function createDecisions(
  { db, mutate }: StoreContext,
  now: () => number,
  { rows, pageOf, readingOf, unknown }: StackPlace = PAGE_PLACE,
): Decisions {
  const read = db.prepare<[number], StoredReview>(`SELECT ${REVIEW_COLUMNS} FROM ${rows} WHERE id = ?`);
  const write = db.prepare(
    `UPDATE ${rows} SET review = ?, reason = ?, note = ?, tags = ?, leads = ?, milliseconds_spent = milliseconds_spent + ? WHERE id = ?`,
  );
  const append = db.prepare(
    `INSERT INTO journal (page_id, reading_id, kind, tool, label, who, at, milliseconds, changes)
     VALUES (${pageOf}, ${readingOf}, 'review', 'review', @label, @who, @at, @milliseconds, @changes)`,
  );
  const page = db.prepare<{ id: number }, number>(`SELECT ${pageOf}`).pluck();

  const get = (id: number): PageReview => {
    const row = read.get(id);
    if (!row) throw new AppError('not-found', unknown(id));
    return toReview(row);
  };

  return {
    get,
    change: (id, change, who, nameOf = (cellId) => cellId) =>
      mutate('review', (announce) => {
        const before = get(id);
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
        write.run(state, reason, note, tagsJson, leadsJson, milliseconds, id);
        const said = [
          ...(state !== before.state ? [reason ? `${WORDS[state]}: ${reason}` : WORDS[state]] : []),
          ...decided.map(([cellId, lead]) => `${nameOf(cellId)}: ${WORDS[lead].toLowerCase()}`),
          ...(note !== before.note ? ['Note changed'] : []),
          ...(tags.join() !== before.tags.join() ? [`Tags: ${tags.join(', ') || 'none'}`] : []),
        ];
        if (said.length > 0) {
          append.run({
            id,
            label: said.join(' · ').slice(0, 400),
            who,
            at: now(),
            milliseconds,
            changes: packChanges([]),
          });
        }
        announce({ type: 'pages', ids: [page.get({ id })!] });
        return get(id);
      }),
  };
}

export function createReviewTable(context: StoreContext, now: () => number): ReviewTable {
  const { db } = context;
  const states = db.prepare<[], { state: ReviewState; n: number; milliseconds: number }>(
    'SELECT review AS state, count(*) AS n, sum(milliseconds_spent) AS milliseconds FROM pages GROUP BY review',
  );
  const accepted = db
    .prepare<[], number>(
      `SELECT milliseconds_spent FROM pages WHERE review = 'accepted' ORDER BY milliseconds_spent
       LIMIT 1 OFFSET (SELECT max(0, count(*) - 1) / 2 FROM pages WHERE review = 'accepted')`,
    )
    .pluck();

  const readers = db.prepare<[], number>('SELECT coalesce(sum(milliseconds_spent), 0) FROM readings').pluck();

  return {
    ...createDecisions(context, now),
    progress() {
      const byReview = { open: 0, 'in-work': 0, accepted: 0, rejected: 0, 'second-look': 0 };
      let milliseconds = readers.get()!;
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
