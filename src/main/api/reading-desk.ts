import { userInfo } from 'node:os';
import { z } from 'zod';
import type { HistoryEntry, EditStackRecord, PageReview } from '../../shared/api/edit-record.ts';
import type { PageSummary } from '../../shared/api/page-record.ts';
import { readingMode, type ReadingMode, type ReadingState } from '../../shared/api/reading-record.ts';
import { AppError } from '../../shared/app-error.ts';
import type { EditTable } from '../store/edit-table.ts';
import type { Project } from '../store/open-project.ts';
import type { Decisions } from '../store/review-table.ts';

/** Where the work of whoever sits here goes: the tables, and the row in them. */
export interface WorkPlace {
  readonly edits: EditTable;
  readonly decisions: Decisions;
  readonly id: number;
}

/**
 * Who reads at this workstation, and whose work a page therefore shows. With one reader all corrections are the page's own.
 * With two, everybody works for himself and sees the machine's reading and his own corrections, until both have finished;
 * from then on the page's own corrections are what is decided between the two.
 */
export interface ReadingDesk {
  mode(): ReadingMode;
  /** Signs everything that is done. */
  reader(): string;
  state(): ReadingState;
  change(next: { readonly mode?: ReadingMode; readonly reader?: string }): ReadingState;
  /** Whose corrections the page shows here: '' for its own, else the reader's. */
  seat(pageId: number): string;
  documents(pageId: number): Map<string, Uint8Array>;
  document(pageId: number, key: string): Uint8Array | null;
  stack(pageId: number): EditStackRecord;
  history(pageId: number): HistoryEntry[];
  /** Begins the reader's reading where it has not begun. @throws AppError `locked` when two others read the page */
  work(pageId: number): WorkPlace;
  /** The same for what needs something done before. @throws AppError `usage` where nothing has begun */
  begunWork(pageId: number): WorkPlace;
  /** The row of the queue as it looks from here. */
  view(summary: PageSummary): PageSummary;
  /** @throws AppError `locked` while a page is read by two: facts about the paper would change under them */
  expectFactsOpen(pageId: number): void;
}

const MODE_KEY = 'readingMode';
const NAMES_KEY = 'readerNames';
const names = z.record(z.string(), z.string());

export function createReadingDesk(
  { settings, edits, reviews, readings }: Project,
  onChange: () => void,
): ReadingDesk {
  const user = userName();
  const mode = (): ReadingMode => readingMode.catch('one').parse(settings.get(MODE_KEY));
  const known = (): Record<string, string> => names.catch({}).parse(settings.get(NAMES_KEY));
  const reader = (): string => known()[user] ?? user;
  const isRead = (pageId: number): boolean => {
    const stage = readings.stage(pageId);
    return stage === 'first' || stage === 'second';
  };
  const seat = (pageId: number): string => (mode() === 'two' && isRead(pageId) ? reader() : '');
  const state = (): ReadingState => ({ mode: mode(), reader: reader(), byStage: readings.countByStage() });
  const review = (pageId: number, of: string): PageReview => readings.review(pageId, of);

  const work = (pageId: number): WorkPlace => {
    const who = seat(pageId);
    if (who === '') return { edits, decisions: reviews, id: pageId };
    return { ...readings, id: readings.begin(pageId, who) };
  };

  return {
    mode,
    reader,
    state,
    change(next) {
      if (next.mode !== undefined) settings.set(MODE_KEY, next.mode);
      if (next.reader !== undefined) settings.set(NAMES_KEY, { ...known(), [user]: next.reader });
      onChange();
      return state();
    },
    seat,
    documents: (id) => (seat(id) === '' ? edits.documents(id) : readings.documents(id, seat(id))),
    document: (id, key) => (seat(id) === '' ? edits.document(id, key) : readings.document(id, seat(id), key)),
    stack: (id) => (seat(id) === '' ? edits.stack(id) : readings.stack(id, seat(id))),
    history: (id) => (seat(id) === '' ? edits.history(id) : readings.history(id, seat(id))),
    work,
    begunWork(pageId) {
      const who = seat(pageId);
      if (who !== '' && !readings.of(pageId).some((reading) => reading.reader === who)) {
        throw new AppError('usage', 'You have done nothing on this page yet.');
      }
      return work(pageId);
    },
    view(summary) {
      if (mode() === 'one') return summary;
      const { id } = summary;
      const stage = readings.stage(id);
      const whose = seat(id);
      const readers = readings.of(id);
      const mine = readers.find((reading) => reading.reader === reader());
      const isDone = stage === 'adjudicate' || stage === 'decided';
      return {
        ...summary,
        review: whose === '' ? summary.review : review(id, whose),
        reading: {
          stage,
          seat: whose,
          mine: mine?.review.state ?? null,
          taken: !isDone && !mine && readers.length > 1,
          agreementDb: isDone ? readings.agreement(id) : null,
        },
      };
    },
    expectFactsOpen(pageId) {
      if (mode() === 'one' || !isRead(pageId)) return;
      const [first] = readings.of(pageId);
      if (!first) return;
      throw new AppError(
        'locked',
        `${first.reader} has begun to read this page: what holds of the paper can be stated again once both readers have finished.`,
      );
    },
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // There are systems whose users have no names.
    return 'somebody';
  }
}
