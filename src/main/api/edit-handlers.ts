import { attentionOf } from '../../core/trust/attention.ts';
import { checkDocument } from '../../core/edit/check-document.ts';
import { BASE_KEY } from '../../core/edit/edit-documents.ts';
import { packDigitization } from '../../core/page-view/pack-digitization.ts';
import { AppError } from '../../shared/app-error.ts';
import { toBase64 } from '../../shared/edit/base64.ts';
import { applyChange, type ByteChange } from '../../shared/edit/byte-change.ts';
import { fromWire, toWire } from '../../shared/edit/wire-change.ts';
import type { CorrectedPages } from '../store/corrected-pages.ts';
import type { EditStep } from '../store/edit-table.ts';
import type { Project } from '../store/open-project.ts';
import { summarizeDigitization } from '../store/summarize-digitization.ts';
import type { EditLease } from './edit-lease.ts';
import type { Handlers } from './handlers.ts';
import type { ReadingDesk } from './reading-desk.ts';

type EditRoutes =
  | 'pageReading'
  | 'machineReadings'
  | 'edits'
  | 'commitEdit'
  | 'undoEdit'
  | 'redoEdit'
  | 'editHistory'
  | 'restoreEdit'
  | 'review'
  | 'lease'
  | 'progress';

export interface EditHandlers {
  readonly handlers: Pick<Handlers, EditRoutes>;
  /** Brings the queue's rows up to date with the last corrections. */
  close(): void;
}

/** How long after the last action on a page its row of the queue follows. */
const SUMMARY_DELAY_MS = 500;

/**
 * Answers what is asked about corrections and decisions, of the page or of whoever reads it for himself.
 *
 * @param onDecided hears of pages that a reader decided on for himself
 */
export function editHandlers(
  project: Project,
  corrected: CorrectedPages,
  desk: ReadingDesk,
  lease: EditLease,
  onDecided: (pageId: number) => void,
): EditHandlers {
  const { pages, reviews, results } = project;
  const stale = new Map<number, NodeJS.Timeout>();

  function refresh(id: number): void {
    clearTimeout(stale.get(id));
    stale.delete(id);
    try {
      const page = corrected.page(id);
      if (page) results.refresh(id, summarizeDigitization(page), attentionOf(page));
    } catch {
      // A full disk, most likely: the row is told to be stale, and follows when the project is next opened.
    }
  }
  function refreshSoon(id: number): void {
    clearTimeout(stale.get(id));
    stale.set(
      id,
      setTimeout(() => refresh(id), SUMMARY_DELAY_MS),
    );
  }

  const presentRun = (id: number): number => results.baseRun(id, desk.document(id, BASE_KEY));

  function expectReader(id: number, meant: string | undefined): void {
    if (meant === undefined || meant === desk.seat(id)) return;
    throw new AppError('conflict', 'The page shows the work of another reader meanwhile. It is read anew.');
  }

  function answer(id: number, step: EditStep | null) {
    const stack = desk.stack(id);
    if (!step)
      throw new AppError(
        'usage',
        `There is nothing to take back or to do again on this page.${stack.merged ? ' What is older was merged; the history holds states to go back to.' : ''}`,
      );
    return { ...stack, label: step.label, changes: step.changes.map(toWire) };
  }

  for (const id of results.stale()) refreshSoon(id);
  const deafen = project.on((event) => {
    if (event.type === 'edits' && event.reader === '') refreshSoon(event.id);
  });

  return {
    handlers: {
      pageReading({ id, run = presentRun(id) }) {
        return {
          contentType: 'application/octet-stream',
          etag: `reading-${id}-${pages.summary(id).digitizedAt}-${run}`,
          bytes() {
            const page = results.digitization(id, run);
            if (!page) throw notDigitized();
            return packDigitization(page);
          },
        };
      },
      machineReadings: ({ id }) => ({ present: presentRun(id), readings: results.machineReadings(id) }),
      edits({ id }) {
        const documents = [...desk.documents(id)].map(([key, bytes]) => ({ key, value: toBase64(bytes) }));
        return { ...desk.stack(id), reader: desk.seat(id), documents };
      },
      commitEdit({ id, revision, reader, window, tool, label, milliseconds, changes }) {
        lease.expect(window);
        expectReader(id, reader);
        const real = changes.map(fromWire);
        if (results.runs(id) === 0) throw notDigitized();
        assertSound(real, (key) => desk.document(id, key));
        const place = desk.work(id);
        const edit = { revision, tool, label, who: desk.reader(), milliseconds, changes: real };
        return place.edits.commit(place.id, edit);
      },
      undoEdit({ id, revision, reader, window }) {
        lease.expect(window);
        expectReader(id, reader);
        const place = desk.begunWork(id);
        return answer(id, place.edits.undo(place.id, revision, desk.reader()));
      },
      redoEdit({ id, revision, reader, window }) {
        lease.expect(window);
        expectReader(id, reader);
        const place = desk.begunWork(id);
        return answer(id, place.edits.redo(place.id, revision, desk.reader()));
      },
      editHistory: ({ id }) => desk.history(id),
      restoreEdit({ id, revision, reader, window, entryId }) {
        lease.expect(window);
        expectReader(id, reader);
        const place = desk.begunWork(id);
        return answer(id, place.edits.restore(place.id, revision, entryId, desk.reader()));
      },
      lease({ window, take, leave }) {
        if (leave) lease.release(window);
        return { mine: !leave && lease.hold(window, take) };
      },
      review({ id, ...change }) {
        if (stale.has(id)) refresh(id);
        const seat = desk.seat(id);
        const place = desk.work(id);
        const cells = change.leads ? (corrected.page(id, seat)?.layout?.cells ?? []) : [];
        place.decisions.change(place.id, change, desk.reader(), (cellId) => {
          return cells.find((cell) => cell.id === cellId)?.lead ?? cellId;
        });
        if (seat !== '' && change.state !== undefined) onDecided(id);
        return desk.view(pages.summary(id)).review;
      },
      progress: () => ({ ...reviews.progress(), byStatus: pages.countByStatus() }),
    },
    close() {
      deafen();
      for (const id of [...stale.keys()]) refresh(id);
    },
  };
}

/** Documents that could not be read back are refused before they are kept. */
function assertSound(changes: readonly ByteChange[], read: (key: string) => Uint8Array | null): void {
  const next = new Map<string, Uint8Array | null>();
  for (const change of changes) {
    const { key } = change;
    if (key === BASE_KEY)
      throw new AppError('usage', 'A window cannot say which reading a page is corrected on.');
    next.set(key, applyChange(next.has(key) ? next.get(key)! : read(key), change));
  }
  for (const [key, bytes] of next) if (bytes) checkDocument(key, bytes);
}

function notDigitized(): AppError {
  return new AppError('not-found', 'This page has not been digitized yet.');
}
